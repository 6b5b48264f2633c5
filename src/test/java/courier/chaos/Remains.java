package courier.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.chaos.checker.Letter;
import courier.chaos.checker.Stored;
import courier.fixture.Records;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What is in the store and in the dead-letter topic now. */
final class Remains {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI receiver;
  private final String brokers;

  Remains(URI receiver, String brokers) {
    this.receiver = receiver;
    this.brokers = brokers;
  }

  /**
   * What {@code GET /messages} lists, the oldest first.
   *
   * @throws IOException when it is not answered
   */
  List<Stored> stored() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(receiver.resolve("/messages"))
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("GET /messages: " + answer.statusCode());
    }
    List<Stored> stored = new ArrayList<>();
    for (JsonNode message : JSON.readTree(answer.body())) {
      stored.add(
          new Stored(
              message.path("_id").asText(),
              message.path("from").asText(),
              message.path("message").asText(),
              message.path("partition").asInt(),
              message.path("offset").asLong()));
    }
    Collections.reverse(stored);
    return stored;
  }

  List<Letter> letters() {
    return Records.of(brokers, "dead-letter-topic").stream().map(Remains::letter).toList();
  }

  private static Letter letter(ConsumerRecord<byte[], byte[]> letter) {
    String place =
        "%s-%s-%s"
            .formatted(
                header(letter, "topic"), header(letter, "partition"), header(letter, "offset"));
    String value = new String(letter.value(), StandardCharsets.UTF_8);
    try {
      return new Letter(place, JSON.readTree(value).path("message").asText(value));
    } catch (JsonProcessingException e) {
      return new Letter(place, value);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("dead-letter-original-" + name);
    return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
