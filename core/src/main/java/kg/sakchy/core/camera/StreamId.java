package kg.sakchy.core.camera;

/** One stream of one camera. Prints as {@code camera/main}. */
public record StreamId(CameraId camera, StreamName name) implements Comparable<StreamId> {
  public static StreamId main(CameraId camera) {
    return new StreamId(camera, StreamName.MAIN);
  }

  @Override
  public int compareTo(StreamId other) {
    int byCamera = camera.compareTo(other.camera);
    return byCamera != 0 ? byCamera : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return camera + "/" + name.code();
  }
}
