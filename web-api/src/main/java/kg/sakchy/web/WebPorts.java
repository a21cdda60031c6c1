package kg.sakchy.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;

/** Everything the web server works on. */
record WebPorts(
    CameraDirectory cameras,
    LiveStreams streams,
    RecordingStatus.Source recordings,
    Archive archive,
    KeyFramePictures pictures,
    PrometheusMeterRegistry metrics,
    VmsClock clock,
    Readiness readiness) {}
