package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.error.VmsException;

/** Whatever a camera answers, it is read or refused with a VmsException. */
class XmlFuzzTest {
  private static final SoapRequest REQUEST =
      SoapRequest.of(OnvifService.DEVICE, "GetSystemDateAndTime");

  @FuzzTest
  void document(byte[] data) {
    try {
      XmlCursor cursor = XmlCursor.open(data, null);
      XmlFragment raw = cursor.raw();
      XmlCursorTest.drain(XmlCursor.open(raw.xml().getBytes(StandardCharsets.UTF_8), null));
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @FuzzTest
  void answer(byte[] data) {
    HttpAnswer http = new HttpAnswer(200, "application/soap+xml", List.of(), null, data);
    try {
      switch (SoapAnswer.read(http, REQUEST, "urn:uuid:1", SystemDateAndTime::read)) {
        case SoapAnswer.Result<SystemDateAndTime>(SystemDateAndTime told) ->
            told.offsets(Instant.parse("2026-11-22T10:00:00Z"));
        case SoapAnswer.Refusal<SystemDateAndTime>(SoapFault fault) ->
            assertThat(fault.toException("GetSystemDateAndTime").getMessage()).isNotBlank();
      }
    } catch (VmsException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
