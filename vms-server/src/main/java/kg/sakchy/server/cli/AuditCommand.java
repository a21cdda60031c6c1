package kg.sakchy.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.server.AuditInspection;
import kg.sakchy.storage.audit.AuditReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proof of who did what. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Proves who did what.",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class})
final class AuditCommand {
  /** Says whether the records are those that were written. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Says whether the records of the audit are those that were written, and if not, which are"
              + " not: of an export, anywhere; or of the database of a stopped server.")
  static final class Verify implements Callable<Integer> {
    @Parameters(
        arity = "0..1",
        paramLabel = "EXPORT",
        description = "an export; without it the database is verified")
    private @Nullable Path export;

    @Mixin private final ConfigFile config = new ConfigFile();

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description =
            "key that signs checkpoints, as name+id+base64; for an export it takes the place of"
                + " those that the export itself names")
    private List<String> keys = List.of();

    @Option(
        names = "--checkpoint",
        paramLabel = "FILE",
        description =
            "checkpoints kept elsewhere: without one nobody can tell an old state from all there"
                + " is")
    private List<Path> checkpoints = List.of();

    @Override
    public Integer call() {
      AuditInspection.Trust trust = AuditInspection.Trust.of(keys, checkpoints);
      AuditReport report =
          export == null
              ? AuditInspection.verify(config.load(), trust)
              : AuditInspection.verify(export, trust);
      report.findings().forEach(found -> System.err.println("vms: " + found.words()));
      if (report.found() > report.findings().size()) {
        System.err.println("vms: and so on: " + report.found() + " faults in all");
      }
      System.out.println(summary(report));
      if (export != null && keys.isEmpty()) {
        System.out.println("the keys are those the export names; --key says which one to believe");
      }
      return report.isClean() ? 0 : ExitCodes.of(ErrorKind.DATA_LOSS);
    }

    private static String summary(AuditReport report) {
      String records = "records %d to %d: ".formatted(report.first(), report.last());
      if (report.last() < report.first()) {
        return "no records";
      }
      String proven =
          report.provenUpTo() == 0
              ? "none is proven"
              : "proven up to %d, signed at %s".formatted(report.provenUpTo(), report.provenAt());
      return records + proven + (report.isClean() ? "; nothing is wrong" : "");
    }
  }

  /** Writes the records for somebody who verifies them elsewhere. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Writes the audit of a stopped server into a file that can be verified anywhere. The"
              + " format: ref/audit-format.md.")
  static final class Export implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "file to write; it must not exist")
    private Path file = Path.of("audit.jsonl");

    @Mixin private final ConfigFile config = new ConfigFile();

    @Option(
        names = "--after",
        paramLabel = "NUMBER",
        description = "leave out the records up to this number")
    private long after;

    @Override
    public Integer call() {
      AuditInspection.export(config.load(), after, file);
      System.out.println("written: " + file);
      return 0;
    }
  }
}
