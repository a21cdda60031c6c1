"""A camera that is not ours: GStreamer's RTSP server repeating one MP4 file, on loopback.

Usage: gst-camera.py FILE h264|h265 CAMERAS. Prints the address of its first camera when it serves.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

path, codec, cameras = sys.argv[1], sys.argv[2], int(sys.argv[3])
Gst.init(None)
server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service("0")
for number in range(1, cameras + 1):
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(
        f'( filesrc location="{path}" ! qtdemux ! queue ! {codec}parse config-interval=1 ! rtp{codec}pay name=pay0 pt=96 )'
    )
    factory.set_shared(True)
    server.get_mount_points().add_factory(f"/cam{number}", factory)
server.attach(None)
print(f"rtsp://127.0.0.1:{server.get_bound_port()}/cam1", flush=True)
GLib.MainLoop().run()
