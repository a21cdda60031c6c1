package kg.sakchy.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * What processes have used, as Linux accounts it (proc(5)).
 *
 * @param cpuTicks user and system time together, in clock ticks of {@link #TICKS_PER_SECOND}
 * @param residentBytes resident memory; pages shared between processes count in each
 */
record ProcessUsage(long cpuTicks, long residentBytes) {
  /** {@code sysconf(_SC_CLK_TCK)}, 100 on every Linux of today. */
  static final int TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;

  /** The process and those it started. */
  static ProcessUsage tree(ProcessHandle root) {
    return sum(
        java.util.stream.Stream.concat(java.util.stream.Stream.of(root), root.descendants())
            .toList());
  }

  /** Only those the process started: its database. */
  static ProcessUsage descendants(ProcessHandle root) {
    return sum(root.descendants().toList());
  }

  static ProcessUsage of(ProcessHandle process) {
    return sum(List.of(process));
  }

  static ProcessUsage sum(Collection<ProcessHandle> processes) {
    long ticks = 0;
    long resident = 0;
    for (ProcessHandle process : processes) {
      String[] fields = stat(process.pid());
      if (fields.length > 21) {
        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        resident += Long.parseLong(fields[21]) * PAGE_BYTES;
      }
    }
    return new ProcessUsage(ticks, resident);
  }

  /**
   * Fields of {@code /proc/PID/stat} from the third on; the second, the name, may hold spaces.
   * Empty when it has ended.
   */
  private static String[] stat(long pid) {
    try {
      String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return text.substring(text.lastIndexOf(')') + 2).strip().split(" ", -1);
    } catch (IOException e) {
      if (Files.exists(Path.of("/proc/self/stat"))) {
        return new String[0];
      }
      throw new VmsException(ErrorKind.UNSUPPORTED, "measuring needs Linux (/proc)", e);
    }
  }

  /** CPU time since {@code before}, in percent of one core over {@code seconds}. */
  double cpuPercentSince(ProcessUsage before, double seconds) {
    return 100.0 * (cpuTicks - before.cpuTicks) / TICKS_PER_SECOND / seconds;
  }
}
