#!/usr/bin/python3
"""Makes the golden files of the RTP codec tests again, with encoders and packetizers not our own.

    python3 media/src/test/golden/make_rtp_goldens.py

Debian packages: ffmpeg python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav
Writes src/test/resources/kg/sakchy/media/codec/golden/, for each NAME:
  NAME.rtp      the RTP packets in order, each behind its size in 2 bytes (RFC 4571)
  NAME.sdp      the session description
  NAME.samples  the samples of the source MP4 as they are (4-byte NAL lengths), one after another
  NAME.config   the source's avcC or hvcC without its box header, as libavformat wrote it
  NAME.csv      pts,dts,size,key of each, as ffprobe reports them, in ticks of the track
and sps.csv, sequence parameter sets of many settings with ffprobe's reading of them.
Made first with ffmpeg 5.1.9 (libx264 164, libx265 3.5) and GStreamer 1.22.0. Encoders and random
numbers in RTP headers make the bytes differ from run to run; the tests hold for any of them.
"""
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "kg", "sakchy", "media", "codec", "golden")
SCENE = ["-f", "lavfi", "-i", "testsrc2=size=%s:rate=25", "-frames:v", "40", "-video_track_timescale", "90000"]
TONE = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=%d", "-t", "1.2"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments], check=True)


def video(path, size, *encoder):
    ffmpeg(*[a % size if "%s" in a else a for a in SCENE], *encoder, path)
    return path


def tone(path, rate, *encoder):
    ffmpeg(*[a % rate if "%d" in a else a for a in TONE], *encoder, path)
    return path


def source(name, clip):
    """The samples and their times, by libavformat."""
    ffmpeg("-i", clip, "-map", "0", "-c", "copy", "-f", "data", os.path.join(OUT, name + ".samples"))
    with open(clip, "rb") as file:
        movie = file.read()
    for box in (b"avcC", b"hvcC"):
        at = movie.find(box)
        if at > 0:
            size = struct.unpack(">I", movie[at - 4:at])[0]
            with open(os.path.join(OUT, name + ".config"), "wb") as file:
                file.write(movie[at + 4:at - 4 + size])
    rows = subprocess.run(
        ["ffprobe", "-loglevel", "error", "-show_entries", "packet=pts,dts,size,flags", "-of", "csv=p=0", clip],
        check=True, capture_output=True, text=True).stdout
    with open(os.path.join(OUT, name + ".csv"), "w") as file:
        for row in rows.split():
            pts, dts, size, flags = row.split(",")[:4]
            file.write(f"{pts},{dts},{size},{1 if 'K' in flags else 0}\n")


def write(name, packets, sdp):
    with open(os.path.join(OUT, name + ".rtp"), "wb") as file:
        for packet in packets:
            file.write(struct.pack(">H", len(packet)) + packet)
    with open(os.path.join(OUT, name + ".sdp"), "w") as file:
        file.write(sdp)
    print(name, len(packets), "packets")


def by_ffmpeg(name, clip, mtu, *more):
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    receiver.bind(("127.0.0.1", 0))
    receiver.settimeout(3)
    packets = []

    def receive():
        try:
            while True:
                packets.append(receiver.recv(65536))
        except TimeoutError:
            pass

    thread = threading.Thread(target=receive)
    thread.start()
    with tempfile.NamedTemporaryFile(suffix=".sdp") as sdp:
        port = receiver.getsockname()[1]
        ffmpeg("-re", "-i", clip, "-map", "0", "-c", "copy", *more, "-f", "rtp", "-sdp_file", sdp.name,
               f"rtp://127.0.0.1:{port}?pkt_size={mtu}&rtcpport={port + 1}")
        thread.join()
        write(name, packets, open(sdp.name).read())
    source(name, clip)


def by_gstreamer(name, clip, parser, payloader, encoding, kind="video", keep_source=True):
    pipeline = Gst.parse_launch(
        f"filesrc location={clip} ! qtdemux ! {parser} ! {payloader} pt=96 name=pay ! appsink name=out sync=false")
    out = pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    packets = []
    caps = None
    while True:
        sample = out.emit("pull-sample")
        if sample is None:
            break
        caps = sample.get_caps().get_structure(0)
        buffer = sample.get_buffer()
        packets.append(bytes(buffer.extract_dup(0, buffer.get_size())))
    pipeline.set_state(Gst.State.NULL)
    keys = ["packetization-mode", "sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps", "mode",
            "sizelength", "indexlength", "indexdeltalength", "config", "sprop-stereo"]
    fmtp = ";".join(f"{key}={caps.get_string(key)}" for key in keys if caps.get_string(key))
    channels = caps.get_string("encoding-params")
    rate = caps.get_int("clock-rate")[1]
    sdp = f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm={kind} 0 RTP/AVP 96\r\n"
    sdp += f"a=rtpmap:96 {encoding}/{rate}{'/' + channels if channels else ''}\r\n"
    sdp += f"a=fmtp:96 {fmtp}\r\n" if fmtp else ""
    write(name, packets, sdp)
    if keep_source:
        source(name, clip)


def sequence_parameter_sets():
    """sps.csv: codec, SPS in hex, and what ffprobe says of the stream."""
    settings = {
        "h264": [
            ("1920x1080", "30", "-x264-params bframes=3:b-pyramid=normal"),
            ("1920x1080", "25", "-flags +ildct+ilme -x264-params tff=1:bframes=0"),
            ("1280x720", "30000/1001", "-profile:v main -x264-params bframes=1"),
            ("640x360", "15", "-profile:v baseline"),
            ("322x242", "25", "-pix_fmt yuv422p10le"),
            ("161x121", "25", "-pix_fmt yuv444p"),
            ("352x288", "12", "-x264-params nal-hrd=cbr:vbv-maxrate=500:vbv-bufsize=500:cqm=jvt:sar=12/11 -b:v 500k"),
            ("2592x1944", "20", "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -preset ultrafast"),
        ],
        "hevc": [
            ("1920x1080", "30", "-x265-params log-level=none"),
            ("1280x720", "30000/1001", "-x265-params log-level=none:bframes=0"),
            ("322x242", "25", "-pix_fmt yuv422p10le -x265-params log-level=none"),
            ("161x121", "25", "-pix_fmt yuv444p -x265-params log-level=none"),
            ("352x288", "12", "-x265-params log-level=none:hrd=1:bitrate=400:vbv-maxrate=500:vbv-bufsize=500:scaling-list=default:sar=2"),
            ("320x240", "25", "-x265-params log-level=none:temporal-layers=1:b-adapt=0:bframes=3"),
            ("2592x1944", "20", "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -preset ultrafast -x265-params log-level=none"),
        ],
    }
    with open(os.path.join(OUT, "sps.csv"), "w") as file, tempfile.TemporaryDirectory() as folder:
        for codec, rows in settings.items():
            for size, rate, options in rows:
                stream = os.path.join(folder, "stream." + codec)
                ffmpeg("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}", "-frames:v", "8", "-pix_fmt", "yuv420p",
                       "-c:v", "libx264" if codec == "h264" else "libx265", *options.split(), "-f", codec, stream)
                told = subprocess.run(
                    ["ffprobe", "-loglevel", "error", "-select_streams", "v:0", "-show_entries",
                     "stream=width,height,has_b_frames,pix_fmt,r_frame_rate", "-of", "default=nw=1", stream],
                    check=True, capture_output=True, text=True).stdout
                told = dict(line.split("=") for line in told.split())
                nals = [n.rstrip(b"\0") for n in open(stream, "rb").read().split(b"\0\0\1")]
                kind = (lambda n: n[0] & 31 == 7) if codec == "h264" else (lambda n: n[0] >> 1 & 63 == 33)
                sps = next(n for n in nals if n and kind(n))
                file.write(",".join([codec, sps.hex(), told["width"], told["height"], told["has_b_frames"],
                                     told["pix_fmt"], told["r_frame_rate"]]) + "\n")


def main():
    Gst.init(None)
    os.makedirs(OUT, exist_ok=True)
    sequence_parameter_sets()
    with tempfile.TemporaryDirectory() as folder:
        clip = lambda name: os.path.join(folder, name)
        x264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-x264-params"]
        pyramid = video(clip("pyramid.mp4"), "96x64", *x264, "bframes=3:b-pyramid=normal:b-adapt=0:keyint=20:scenecut=0:crf=30")
        by_ffmpeg("ffmpeg-h264-pyramid", pyramid, 300)
        by_gstreamer("gst-h264-stap", pyramid, "h264parse", "rtph264pay mtu=300 aggregate-mode=max-stap config-interval=-1",
                     "H264")
        opened = video(clip("opengop.mp4"), "96x64", *x264, "open-gop=1:bframes=2:b-adapt=0:keyint=10:scenecut=0:crf=32")
        by_ffmpeg("ffmpeg-h264-opengop", opened, 400)
        camera = video(clip("camera.mp4"), "90x50", "-profile:v", "baseline", *x264,
                       "bframes=0:slices=3:keyint=15:scenecut=0:crf=32:aud=1")
        by_ffmpeg("ffmpeg-h264-slices", camera, 300)
        x265 = ["-c:v", "libx265", "-tag:v", "hvc1", "-pix_fmt", "yuv420p", "-x265-params"]
        hevc = video(clip("hevc.mp4"), "90x66", *x265,
                     "bframes=3:b-adapt=0:keyint=20:min-keyint=20:scenecut=0:open-gop=1:crf=34:log-level=none")
        by_ffmpeg("ffmpeg-h265-cra", hevc, 300)
        by_gstreamer("gst-h265-ap", hevc, "h265parse", "rtph265pay mtu=400 aggregate-mode=max config-interval=-1", "H265")
        aac = tone(clip("aac.m4a"), 16000, "-c:a", "aac", "-b:a", "24k", "-ac", "1")
        by_ffmpeg("ffmpeg-aac", aac, 600)
        by_gstreamer("gst-aac-fragments", aac, "aacparse", "rtpmp4gpay mtu=80", "MPEG4-GENERIC", "audio")
        opus = tone(clip("opus.mp4"), 48000, "-c:a", "libopus", "-b:a", "24k", "-ac", "1")
        by_ffmpeg("ffmpeg-opus", opus, 600)
        alaw = tone(clip("alaw.mov"), 8000, "-c:a", "pcm_alaw")
        by_ffmpeg("ffmpeg-pcma", alaw, 400)
        jpeg = video(clip("jpeg.mov"), "96x64", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-huffman", "default",
                     "-force_duplicated_matrix", "1", "-frames:v", "4", "-q:v", "6")
        by_ffmpeg("ffmpeg-jpeg", jpeg, 400)
        by_gstreamer("gst-jpeg", jpeg, "jpegparse", "rtpjpegpay mtu=400", "JPEG")


if __name__ == "__main__":
    sys.exit(main())
