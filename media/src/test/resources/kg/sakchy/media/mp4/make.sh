#!/bin/sh
# Makes the MP4 files beside this script, with the ffmpeg 5.1 of Debian 12 (libx264, libx265, aac).
#   run-*.mp4    fragmented, as our muxer writes a run: parts of at most 500 ms, a key frame a second
#   other-*.mp4  fragmented in ways that our muxer does not write
#   clip-*.mp4   flat
set -eu
cd "$(dirname "$0")"
picture="-f lavfi -i testsrc2=size=192x108:rate=20"
sound="-f lavfi -i sine=frequency=440:sample_rate=16000"
h264="-c:v libx264 -preset veryslow -b:v 40k -g 20 -keyint_min 20 -sc_threshold 0 -pix_fmt yuv420p"
h265="-c:v libx265 -preset medium -b:v 40k -pix_fmt yuv420p -tag:v hvc1 -x265-params keyint=20:min-keyint=20:scenecut=0:open-gop=0:info=0:log-level=error"
aac="-c:a aac -b:a 16k -ac 1"
# Sound begins with the first decode time of the video, in spite of 1024 samples of priming.
start0="-af asetpts=PTS+1024"
start2="-af asetpts=PTS+1024-1600"
plain="-loglevel error -y -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -map_metadata -1"
run="-video_track_timescale 90000 -movflags frag_keyframe+empty_moov+default_base_moof+skip_trailer -frag_duration 500000"

ffmpeg $picture $sound -t 6 $h264 -bf 0 $aac $start0 $plain $run run-h264-aac.mp4
ffmpeg $picture $sound -t 6 $h264 -bf 2 $aac $start2 $plain $run run-h264-bframes-aac.mp4
ffmpeg $picture -t 6 $h265 $plain $run run-h265.mp4
ffmpeg $picture $sound -t 2 $h264 -bf 2 $aac $start2 $plain -movflags frag_keyframe+empty_moov other-absolute-offsets.mp4
ffmpeg $picture $sound -t 2 $h264 -bf 2 $aac $plain -movflags frag_every_frame+empty_moov+delay_moov+dash+negative_cts_offsets other-every-frame.mp4
ffmpeg $picture $sound -t 3 $h264 -bf 2 $aac $plain clip-h264-bframes-aac.mp4
ffmpeg $picture -t 3 $h265 $plain -movflags faststart clip-h265.mp4
ffmpeg $picture -t 1 -c:v mjpeg -q:v 20 $plain clip-mjpeg.mp4
