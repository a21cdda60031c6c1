package kg.sakchy.server.bench.live;

/**
 * A way of pictures into a browser. Each is a script: an asynchronous function of a video element
 * and the name of a camera that begins to play the present and returns an object with {@code
 * close()}. A further transport is a further constant.
 */
enum BrowserTransport {
  MSE(
      false,
      """
      async (video, camera) => {
        const {MediaPlayer} = await import('/media-player.js');
        const player = new MediaPlayer(video, `/api/v1/cameras/${camera}/media`, () => {});
        player.live();
        return player;
      }
      """),
  WHEP(
      false,
      """
      async (video, camera) => {
        const {WhepPlayer} = await import('/whep-player.js');
        const player = new WhepPlayer(video, `/api/v1/cameras/${camera}/whep`);
        player.start();
        return {close: () => player.stop()};
      }
      """),
  /**
   * Low-Latency HLS by hls.js, which may catch up; by HTTP/2, since every tile lets requests wait
   * and a browser has six connections for a server without it.
   */
  HLS(
      true,
      """
      async (video, camera) => {
        const player = new Hls({
          lowLatencyMode: true,
          maxLiveSyncPlaybackRate: 1.5,
          backBufferLength: 10,
          enableWorker: false,
        });
        player.on(Hls.Events.MANIFEST_PARSED, () => video.play());
        player.loadSource(`/api/v1/cameras/${camera}/hls/main.m3u8`);
        player.attachMedia(video);
        return {close: () => player.destroy()};
      }
      """);

  private final boolean encrypted;
  private final String script;

  BrowserTransport(boolean encrypted, String script) {
    this.encrypted = encrypted;
    this.script = script;
  }

  /** Whether the browser talks to the server over TLS. */
  boolean isEncrypted() {
    return encrypted;
  }

  String script() {
    return script;
  }
}
