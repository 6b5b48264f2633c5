package courier.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.Json;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** The dead-letter desk of the page, and letters for it. */
final class DeskPage implements AutoCloseable {
  static final String VALUE = "{\"from\":\"anna\",\"to\":\"clientB\"}";

  private final CourierProcess courier;
  private final Producer<byte[], byte[]> producer;
  private final ChromeDriver browser = Chromium.start();
  final Keyboard keyboard = new Keyboard(browser);
  private String group;

  DeskPage(CourierProcess courier) {
    this.courier = courier;
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", courier.brokers()), bytes, bytes);
  }

  /** Puts what can never be handled on the topic, and waits for its dead letter. */
  String fail() throws Exception {
    RecordMetadata sent =
        producer.send(new ProducerRecord<>("client-messages", VALUE.getBytes(UTF_8))).get();
    String id = sent.topic() + "-" + sent.partition() + "-" + sent.offset();
    soon().until(() -> courier.get(url(id)).statusCode() == 200);
    return id;
  }

  /** Loads the page, and opens the group of this letter. */
  void openGroupOf(String id) {
    group = "#dead-list > [data-group='" + letter(id).get("group").textValue() + "'] > details";
    browser.get(courier.clientB());
    keyboard.press("#dead-letters > summary", Keys.ENTER);
    soon().until(() -> shows(group));
    keyboard.press(group + " > summary", Keys.ENTER);
    soon().until(() -> shows(row(id)));
  }

  void open(String id) {
    keyboard.press(row(id) + " > summary", Keys.ENTER);
    soon().until(() -> shows(row(id) + " > .letter"));
  }

  /** What the server has. */
  JsonNode letter(String id) {
    return Json.of(courier.get(url(id)));
  }

  private String url(String id) {
    return courier.clientB() + "/dead-letters/" + id;
  }

  String group(String selector) {
    return group + " > " + selector;
  }

  String row(String id) {
    return group + " [data-id='" + id + "'] > details";
  }

  String box(String id) {
    return group + " [data-id='" + id + "'] > input";
  }

  /** The button of an open letter. */
  String button(String id, int number) {
    return row(id) + " > .letter > .actions > button:nth-child(" + number + ")";
  }

  /** What the page shows as its state. */
  String state(String id) {
    return browser
        .findElement(By.cssSelector("[data-id='" + id + "']"))
        .getDomAttribute("data-state");
  }

  boolean shows(String selector) {
    return !browser.findElements(By.cssSelector(selector)).isEmpty();
  }

  String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText().strip();
  }

  static ConditionFactory soon() {
    return await().ignoreExceptions();
  }

  @Override
  public void close() {
    browser.quit();
    producer.close();
  }
}
