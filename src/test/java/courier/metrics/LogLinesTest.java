package courier.metrics;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What the shipped configuration makes of what strangers have logged. */
class LogLinesTest {
  private static final String FORGED =
      "x\r\n12:00:00.000 ERROR courier all is lost\u001b[2J\u009b1m\b\u0000\u2028\u202etxet";

  private final Configuration configuration = configuration();

  private static Configuration configuration() {
    Path file = Path.of("src/main/resources/log4j2.properties");
    Configuration read =
        ConfigurationFactory.getInstance()
            .getConfiguration(new LoggerContext("test"), ConfigurationSource.fromUri(file.toUri()));
    read.initialize();
    return read;
  }

  private String line(String format, String text, Throwable thrown, Map<String, String> context) {
    StringLayout layout = (StringLayout) configuration.getAppender(format).getLayout();
    return layout.toSerializable(
        Log4jLogEvent.newBuilder()
            .setLoggerName("courier.Test")
            .setLevel(Level.WARN)
            .setMessage(new SimpleMessage(text))
            .setThrown(thrown)
            .setContextData(ContextDataFactory.createContextData(context))
            .build());
  }

  private static void assertIsOneLine(String line) {
    String said = line.strip();
    assertFalse(said.matches("(?s).*[\\p{Cc}\u2028\u2029\u202e].*"), said);
    assertTrue(line.endsWith(System.lineSeparator()), line);
  }

  @Test
  void aStrangersTextIsOneLineWithoutControlCharacters() {
    String line = line("text", FORGED, null, Map.of());

    assertIsOneLine(line);
    assertTrue(line.contains("x\\r\\n12:00:00.000 ERROR courier all is lost?[2J?1m????txet"), line);
  }

  @Test
  void soIsWhatAnExceptionSays() {
    assertIsOneLine(line("text", "failed", new IllegalStateException(FORGED), Map.of()));
  }

  @Test
  void soIsTheIdOfAMessage() {
    String line = line("text", "failed", null, Map.of("message", FORGED, "camel.routeId", "r"));

    assertIsOneLine(line);
    assertTrue(line.endsWith("[route r]" + System.lineSeparator()), line);
  }

  @Test
  void whatIsNoControlCharacterStaysAsItIs() {
    String line = line("text", "\"Anna\" <a\\b>\t\uD83D\uDE00 {}", null, Map.of());

    assertTrue(line.endsWith("\"Anna\" <a\\b>\t\uD83D\uDE00 {}" + System.lineSeparator()), line);
  }

  @Test
  void asJsonALineIsAnObjectThatSaysTheSame() throws Exception {
    String line =
        line(
            "json",
            FORGED,
            new IllegalStateException(FORGED),
            Map.of("message", "m1", "camel.routeId", "r", "camel.contextId", "client-b"));

    assertFalse(line.strip().matches("(?s).*[\\x00-\\x1f].*"), line);
    JsonNode read = new JsonMapper().readTree(line);
    assertEquals(FORGED, read.get("text").textValue());
    assertEquals(FORGED, read.get("errorText").textValue());
    assertEquals(
        "m1 r client-b",
        "%s %s %s"
            .formatted(
                read.get("message").textValue(),
                read.get("route").textValue(),
                read.get("service").textValue()));
  }

  /** A library moves its classes, and what was quiet is not any more. */
  @Test
  void whatIsMadeQuieterByTheNameOfItsClassIsThere() {
    List<String> classes =
        configuration.getLoggers().keySet().stream()
            .filter(name -> name.matches("([a-z0-9]+\\.)+[A-Z]\\w+"))
            .toList();

    assertFalse(classes.isEmpty());
    for (String name : classes) {
      assertDoesNotThrow(() -> Class.forName(name, false, getClass().getClassLoader()), name);
    }
  }
}
