package kg.sakchy.core;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.unit.Bytes;

/** Proof that proves nothing but that it was asked for. */
public final class ScriptedAuditEvidence implements AuditEvidence {
  @Override
  public String key() {
    return "test+00000000+AA==";
  }

  @Override
  public String checkpoint() {
    return "log\n7\nAAAA\n\n\u2014 test AAAA\n";
  }

  @Override
  public List<Bytes> inclusion(long number, long size) {
    return List.of(hash(number), hash(size));
  }

  @Override
  public List<Bytes> consistency(long from, long to) {
    return List.of(hash(from), hash(to));
  }

  /** 32 bytes that end with a number. */
  private static Bytes hash(long number) {
    return Bytes.copyOf(ByteBuffer.allocate(32).putLong(24, number));
  }

  @Override
  public void export(long after, OutputStream out) {
    try {
      out.write(("{\"after\":" + after + "}\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
