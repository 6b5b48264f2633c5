import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.fasterxml.jackson.databind.util.RawValue;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;

/**
 * What throughput.mjs holds Courier against: the same way of a message on the same libraries, and
 * nothing else. It takes whatever comes, tries nothing again, keeps no dead letters, and whoever is
 * away misses what is pushed.
 */
final class HandWrittenLoop {
  private static final String TOPIC = "hand-written-loop";
  private static final String NAME = "clientB";

  private static final String BROKERS = System.getenv("KAFKA_BROKERS");
  private static final KafkaProducer<String, String> PRODUCER =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", BROKERS, "acks", "all"),
          new StringSerializer(),
          new StringSerializer());

  public static void main(String[] arguments) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKERS))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 6, (short) 1))).all().get();
    }
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> send(request, body)))
        .listen(Integer.parseInt(System.getenv("PORT")))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    Configuration options = new Configuration();
    options.setPort(Integer.parseInt(System.getenv("SOCKETIO_PORT")));
    SocketIOServer sockets = new SocketIOServer(options);
    sockets.start();
    receive(
        sockets,
        MongoClients.create(System.getenv("MONGODB_URI"))
            .getDatabase("loop")
            .getCollection("messages"));
  }

  private static void send(HttpServerRequest request, Buffer body) {
    PRODUCER.send(
        new ProducerRecord<>(TOPIC, NAME, body.toString()),
        (written, failure) ->
            request
                .response()
                .setStatusCode(failure == null ? 202 : 503)
                .end("{\"success\":true}"));
  }

  private static void receive(SocketIOServer sockets, MongoCollection<Document> messages) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", BROKERS,
                "group.id", TOPIC,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(TOPIC));
    System.out.println("ready");
    while (true) {
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
      List<Document> kept = new ArrayList<>();
      List<RawValue> events = new ArrayList<>();
      for (ConsumerRecord<String, String> message : records) {
        Document document = Document.parse(message.value());
        if (NAME.equals(document.get("to"))) {
          kept.add(document);
          events.add(new RawValue(message.value()));
        }
      }
      if (!kept.isEmpty()) {
        messages.insertMany(kept, new InsertManyOptions().ordered(false));
        consumer.commitSync();
        events.forEach(event -> sockets.getBroadcastOperations().sendEvent("newMessage", event));
      }
    }
  }
}
