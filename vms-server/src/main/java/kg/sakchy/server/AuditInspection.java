package kg.sakchy.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.audit.AuditExportReader;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.audit.SignedNote;
import kg.sakchy.storage.audit.VerifierKey;
import kg.sakchy.storage.catalogue.Catalogue;

/**
 * Looks into the audit of a stopped server, or into an export of one.
 *
 * <p>Threads: runs on the caller's.
 */
public final class AuditInspection {
  private static final Duration DATABASE_PATIENCE = Duration.ofMinutes(2);

  private AuditInspection() {}

  /**
   * What an inspection believes.
   *
   * @param keys whose signatures count, beside those that are found with the records
   * @param checkpoints that somebody kept elsewhere
   */
  public record Trust(List<VerifierKey> keys, List<SignedNote> checkpoints) {
    public Trust {
      keys = List.copyOf(keys);
      checkpoints = List.copyOf(checkpoints);
    }

    /**
     * Reads keys and files of checkpoints.
     *
     * @throws VmsException INVALID_ARGUMENT for what is none, NOT_FOUND without the file
     */
    public static Trust of(List<String> keys, List<Path> files) {
      List<SignedNote> notes = new ArrayList<>();
      for (Path file : files) {
        notes.addAll(SignedNote.parseAll(text(file)));
      }
      return new Trust(keys.stream().map(VerifierKey::parse).toList(), notes);
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (NoSuchFileException e) {
        throw new VmsException(ErrorKind.NOT_FOUND, "there is no file " + file, e);
      } catch (IOException e) {
        throw new VmsException(ErrorKind.UNAVAILABLE, file + " cannot be read", e);
      }
    }
  }

  /**
   * Verifies the audit in the database of a stopped server.
   *
   * @throws VmsException CONFLICT while the server runs; UNAVAILABLE without the database
   */
  public static AuditReport verify(VmsConfig config, Trust trust) {
    return with(config, catalogue -> catalogue.verifyAudit(trust.keys(), trust.checkpoints()));
  }

  /**
   * Verifies an export; needs nothing else.
   *
   * @throws VmsException NOT_FOUND without the file, INVALID_ARGUMENT when it is no export
   */
  public static AuditReport verify(Path export, Trust trust) {
    try (InputStream in = Files.newInputStream(export)) {
      return AuditExportReader.verify(in, trust.keys(), trust.checkpoints());
    } catch (NoSuchFileException e) {
      throw new VmsException(ErrorKind.NOT_FOUND, "there is no file " + export, e);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, export + " cannot be read", e);
    }
  }

  /**
   * Exports the audit of a stopped server.
   *
   * @param after number of the last record left out
   * @param file that does not exist yet
   * @throws VmsException as {@link #verify}; CONFLICT when the file exists
   */
  public static void export(VmsConfig config, long after, Path file) {
    with(
        config,
        catalogue -> {
          AuditEvidence evidence = catalogue.keepAudit(config.audit().retentionDays());
          try (OutputStream out =
              new BufferedOutputStream(
                  Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            evidence.export(after, out);
            return file;
          } catch (FileAlreadyExistsException e) {
            throw new VmsException(ErrorKind.CONFLICT, "there is a file " + file + " already", e);
          } catch (IOException e) {
            throw new VmsException(ErrorKind.UNAVAILABLE, file + " cannot be written", e);
          }
        });
  }

  private static <T> T with(VmsConfig config, Function<Catalogue, T> work) {
    try (DataDirectory data = DataDirectory.open(Path.of(config.dataDir()));
        Catalogue catalogue =
            Catalogue.open(config.database(), data.path(), new SimpleMeterRegistry())) {
      if (!catalogue.awaitReady(DATABASE_PATIENCE)) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "the database does not answer");
      }
      return work.apply(catalogue);
    }
  }
}
