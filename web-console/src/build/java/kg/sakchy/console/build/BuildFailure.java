package kg.sakchy.console.build;

/** The build cannot go on; the message is a sentence for whoever runs it. */
final class BuildFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  BuildFailure(String message) {
    super(message);
  }
}
