package kg.sakchy.storage.object.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** What the file system's errors mean to a caller of the store. */
final class FilesystemErrors {
  private FilesystemErrors() {}

  /**
   * @param doing what failed, as it stands in a sentence: "storing v1/a/b"
   */
  static VmsException map(String doing, IOException error) {
    return new VmsException(kind(error), doing + " failed: " + reason(error), error);
  }

  /** Whether the file is not there, which includes that its directory is a file. */
  static boolean missing(IOException error) {
    return error instanceof NoSuchFileException
        || reason(error).toLowerCase(Locale.ROOT).contains("not a directory");
  }

  private static ErrorKind kind(IOException error) {
    String reason = reason(error).toLowerCase(Locale.ROOT);
    if (missing(error)) {
      return ErrorKind.NOT_FOUND;
    }
    if (error instanceof FileAlreadyExistsException
        || error instanceof DirectoryNotEmptyException
        || reason.contains("is a directory")) {
      return ErrorKind.CONFLICT; // one key would be the directory of another
    }
    if (reason.contains("no space left") || reason.contains("quota exceeded")) {
      return ErrorKind.RESOURCE_EXHAUSTED;
    }
    if (error instanceof AccessDeniedException || reason.contains("read-only file system")) {
      return ErrorKind.PERMISSION_DENIED;
    }
    return ErrorKind.UNAVAILABLE; // input/output error, stale handle, mount gone: a retry may help
  }

  private static String reason(IOException error) {
    if (error instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (error instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return error.getClass().getSimpleName() + " " + error.getMessage();
  }
}
