package kg.sakchy.server.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.config.PemSource;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** How durations, secrets and certificates are written in a configuration file. */
final class ConfigTypes extends SimpleModule {
  private static final long serialVersionUID = 1L;
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  ConfigTypes(Map<String, String> environment) {
    super("sakchy-config");
    addDeserializer(Duration.class, new DurationReader());
    addSerializer(Duration.class, new DurationWriter());
    addDeserializer(Secret.class, new SecretReader(environment));
    addSerializer(Secret.class, new SecretWriter());
    addDeserializer(PemSource.class, new PemReader(environment));
    addSerializer(PemSource.class, new PemWriter());
  }

  static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a duration is written 500ms, 10s, 5m, 2h or 30d, not " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parseDuration(parser.getValueAsString(""));
    }
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toMillis() + "ms");
    }
  }

  private static final class SecretReader extends StdDeserializer<Secret> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized; the superclass only happens to be
    private final Map<String, String> environment;

    SecretReader(Map<String, String> environment) {
      super(Secret.class);
      this.environment = environment;
    }

    @Override
    public Secret deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String reference = parser.getValueAsString("");
      if (reference.isEmpty()) {
        return Secret.NONE;
      }
      if (reference.startsWith(ENVIRONMENT)) {
        return variable(environment, reference.substring(ENVIRONMENT.length()));
      }
      if (reference.startsWith(FILE)) {
        return fromFile(Path.of(reference.substring(FILE.length())));
      }
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a secret is not written into the configuration; write env:NAME or file:PATH");
    }

    private static Secret fromFile(Path file) {
      try {
        return new Secret(Files.readString(file).lines().findFirst().orElse(""));
      } catch (IOException e) {
        throw new VmsException(
            ErrorKind.INVALID_ARGUMENT, "cannot read the secret's file " + file, e);
      }
    }
  }

  private static final class SecretWriter extends StdSerializer<Secret> {
    private static final long serialVersionUID = 1L;

    SecretWriter() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(""); // only ever called for the defaults, which hold no secret
    }
  }

  private static final class PemReader extends StdDeserializer<PemSource> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized; the superclass only happens to be
    private final Map<String, String> environment;

    PemReader(Map<String, String> environment) {
      super(PemSource.class);
      this.environment = environment;
    }

    @Override
    public PemSource deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String reference = parser.getValueAsString("");
      if (reference.isEmpty()) {
        return new PemSource.Absent();
      }
      if (reference.startsWith(FILE)) {
        return new PemSource.InFile(Path.of(reference.substring(FILE.length())));
      }
      if (reference.startsWith(ENVIRONMENT)) {
        String name = reference.substring(ENVIRONMENT.length());
        return new PemSource.Given(name, variable(environment, name));
      }
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a certificate or key is not written into the configuration; write file:PATH or"
              + " env:NAME");
    }
  }

  private static final class PemWriter extends StdSerializer<PemSource> {
    private static final long serialVersionUID = 1L;

    PemWriter() {
      super(PemSource.class);
    }

    @Override
    public void serialize(PemSource value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(""); // only ever called for the defaults, which hold none
    }
  }

  private static Secret variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the environment variable " + name + " is not set");
    }
    return new Secret(value);
  }
}
