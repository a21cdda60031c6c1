package kg.sakchy.storage.embedded;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir private Path directory;

  @Test
  void keepsItsDataWhenItStartsAgain() throws SQLException {
    try (EmbeddedPostgres server = start()) {
      execute(server, "create table kept as select 42 as answer");
    }
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void isDurableAndSpeaksOnTheLoopbackOnly() throws SQLException {
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "show fsync")).isEqualTo("on");
      assertThat(answer(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(answer(server, "show full_page_writes")).isEqualTo("on");
      assertThat(answer(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(answer(server, "show data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void asksForAPasswordThatNobodyElseCanRead() throws IOException {
    try (EmbeddedPostgres server = start()) {
      Path password = directory.resolve("db/password");
      assertThat(password).hasContent(server.password().value());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> connect(server, new Secret("guessed")).close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void aDirectoryServesOneServerAtATime() {
    try (EmbeddedPostgres server = start()) {
      assertFails(ErrorKind.FAILED_PRECONDITION, this::start);
      assertThat(server.alive()).isTrue();
    }
  }

  @Test
  void recoversFromAPostmasterThatWasKilled() throws Exception {
    try (EmbeddedPostgres server = start()) {
      execute(server, "create table kept as select 42 as answer");
      ProcessHandle postmaster = postmaster();
      postmaster.destroyForcibly();
      postmaster.onExit().get(30, TimeUnit.SECONDS);
    }
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void aPidFileThatNamesAnotherProgramIsNoServer() throws IOException, SQLException {
    start().close();
    // After a reboot the number belongs to something else: here, to this very test.
    Files.writeString(
        PostmasterFile.path(cluster()),
        ProcessHandle.current().pid() + "\n" + cluster() + "\n1\n5432\n\n127.0.0.1\n\nready\n");
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void anUnfinishedClusterIsMadeAnew() throws IOException, SQLException {
    Path unfinished = directory.resolve("db/cluster.new/base");
    Files.createDirectories(unfinished);
    Files.createFile(unfinished.resolve("half"));
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "select 1")).isEqualTo("1");
    }
    assertThat(directory.resolve("db/cluster.new")).doesNotExist();
  }

  @Test
  void saysWithItsOwnWordsWhyItDoesNotStart() throws IOException {
    start().close();
    Files.writeString(cluster().resolve("PG_VERSION"), "9\n");
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("incompatible");
  }

  @Test
  void aLostPasswordIsNamed() throws IOException {
    start().close();
    Files.delete(directory.resolve("db/password"));
    assertFails(ErrorKind.FAILED_PRECONDITION, this::start);
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory.resolve("db"), TestPostgres.BINARIES, 4);
  }

  private Path cluster() {
    return directory.resolve("db/cluster");
  }

  private ProcessHandle postmaster() throws IOException {
    return ProcessHandle.of(PostmasterFile.read(cluster()).orElseThrow().pid()).orElseThrow();
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server, server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server, server.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres server, Secret password) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), password.value());
  }
}
