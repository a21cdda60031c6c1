"""Plays a live RTSP address with GStreamer; prints the number of each of its first 60 pictures.

Arguments: ADDRESS tcp|udp
"""
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst, GLib

PICTURES = 60
Gst.init(None)
loop = GLib.MainLoop()
failure = []
count = 0


def fail(words):
    failure.append(words)
    loop.quit()


def on_message(bus, message):
    if message.type == Gst.MessageType.ERROR:
        fail(str(message.parse_error()))
    elif message.type == Gst.MessageType.EOS:
        loop.quit()


def on_sample(sink):
    global count
    sink.emit("pull-sample")
    count += 1
    if count <= PICTURES:
        print(count, flush=True)
    else:
        loop.quit()
    return Gst.FlowReturn.OK


address, transport = sys.argv[1:]
pipeline = Gst.parse_launch(
    f"rtspsrc location={address} protocols={transport} latency=100 ! "
    "rtph264depay ! h264parse ! avdec_h264 ! appsink name=sink emit-signals=true sync=false"
)
pipeline.get_by_name("sink").connect("new-sample", on_sample)
bus = pipeline.get_bus()
bus.add_signal_watch()
bus.connect("message", on_message)
GLib.timeout_add_seconds(40, lambda: fail("took too long"))
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
if failure:
    sys.exit(failure[0])
