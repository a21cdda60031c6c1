package kg.sakchy.onvif.ptz;

import java.util.List;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.SoapRequest;

/**
 * What a dome remembers: presets, the home position, tours.
 *
 * <p>Threads: stateless; calls block.
 *
 * @param session of the camera
 * @param profile media profile that is steered
 */
record DomeMemory(DeviceSession session, String profile) {
  List<PtzNamed> presets() {
    return session.call(PtzRequests.presets(profile), PtzReader::presets);
  }

  void goToPreset(PtzCommand.GoToPreset command) {
    send(PtzRequests.goToPreset(profile, command.token()));
  }

  void setPreset(PtzCommand.SetPreset command) {
    send(PtzRequests.setPreset(profile, command.name(), command.token()));
  }

  void removePreset(PtzCommand.RemovePreset command) {
    send(PtzRequests.removePreset(profile, command.token()));
  }

  void goHome() {
    send(PtzRequests.goHome(profile));
  }

  void setHome() {
    send(PtzRequests.setHome(profile));
  }

  List<PtzNamed> tours() {
    return session.call(PtzRequests.tours(profile), PtzReader::tours);
  }

  void operateTour(PtzCommand.Tour command) {
    String operation =
        switch (command.action()) {
          case START -> "Start";
          case PAUSE -> "Pause";
          case STOP -> "Stop";
        };
    send(PtzRequests.operateTour(profile, command.token(), operation));
  }

  /** Makes a tour and fills it. A tour that could not be filled stays empty, as ONVIF has it. */
  String createTour(String name, List<TourStop> stops) {
    String token =
        session.call(
            PtzRequests.createTour(profile),
            answer -> answer.enter("PresetTourToken") ? answer.text() : "");
    modifyTour(token, name, stops);
    return token;
  }

  void modifyTour(String token, String name, List<TourStop> stops) {
    send(PtzRequests.modifyTour(profile, token, name, stops));
  }

  private void send(SoapRequest request) {
    session.call(request, answer -> answer.name());
  }
}
