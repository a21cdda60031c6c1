#!/bin/sh
# Makes the clips of this directory anew, with an ffmpeg that has libx264, libx265 and libopus (Debian's).
set -e
make() { ffmpeg -hide_banner -loglevel error -y "$@"; }
picture="-f lavfi -i testsrc2=size=320x180:rate=25"
small="-f lavfi -i testsrc2=size=160x90:rate=25"
plain="-pix_fmt yuv420p -fflags +bitexact -map_metadata -1"

make $picture -f lavfi -i sine=frequency=440:sample_rate=16000 -t 4 -c:v libx264 -preset slow -b:v 120k -bf 2 \
  -g 50 -sc_threshold 0 -c:a aac -b:a 24k -ac 1 -flags:v +bitexact -flags:a +bitexact $plain h264-bframes.mp4
make $picture -t 3 -c:v libx265 -x265-params log-level=error:bframes=2:keyint=50 -tag:v hvc1 -b:v 100k \
  $plain h265-bframes.mp4
make $picture -t 1 -c:v mjpeg -q:v 20 -pix_fmt yuvj420p -fflags +bitexact -map_metadata -1 mjpeg.mp4
make $small -f lavfi -i sine=frequency=440:sample_rate=48000 -t 1 -c:v libx264 -preset slow -b:v 30k \
  -c:a libopus -b:a 24k -ac 1 -strict -2 -fflags +bitexact -map_metadata -1 opus.mp4
