package courier.reload.shadow;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/** What routes would have done to the world, one line for each thing. */
final class Effects {
  private static final int MOST_CHARACTERS = 1000;
  private static final int MOST_LINES = 100;

  /** What is other each time: the place of an object in memory, and what time it is. */
  private static final Pattern CHANGING =
      Pattern.compile("@[0-9a-f]{4,}|dead-letter-failed-at=[^,}]*");

  private final List<String> lines = new ArrayList<>();

  synchronized void add(String what, Message message) {
    add(what + " " + said(message));
  }

  synchronized void add(String line) {
    String same = CHANGING.matcher(line).replaceAll("…");
    if (lines.size() < MOST_LINES) {
      lines.add(same.length() > MOST_CHARACTERS ? same.substring(0, MOST_CHARACTERS) + "…" : same);
    }
  }

  /** Those since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private static String said(Object value) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (value instanceof RawValue raw) {
      return String.valueOf(raw.rawValue());
    }
    if (value instanceof Exchange exchange) {
      return said(exchange.getMessage());
    }
    if (value instanceof Message message) {
      return key(message) + said(message.getBody()) + reason(message);
    }
    if (value instanceof Iterable<?> all) {
      List<String> said = new ArrayList<>();
      all.forEach(each -> said.add(said(each)));
      return said.toString();
    }
    return String.valueOf(value);
  }

  private static String key(Message message) {
    Object key = message.getHeader(KafkaConstants.KEY);
    return key == null ? "" : said(key) + ": ";
  }

  /** Of a dead letter. */
  private static String reason(Message message) {
    Map<String, Object> headers = message.getHeaders();
    Object reason = headers.get("dead-letter-message");
    return reason == null ? "" : " (" + said(reason) + ")";
  }
}
