package courier;

import static java.util.stream.Collectors.toSet;

import com.mongodb.client.MongoClient;
import courier.backend.Backends;
import courier.backend.KafkaRights;
import courier.backend.RouteTopics;
import courier.config.HttpSettings;
import courier.config.KafkaSettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.doctor.Doctor;
import courier.doctor.Patient;
import courier.doctor.live.DoctorHealthCheck;
import courier.doctor.live.Rounds;
import courier.kafka.Kafka;
import courier.kafka.KafkaHealthCheck;
import courier.kafka.Topics;
import courier.kafka.consumer.PollIsBatch;
import courier.kafka.consumer.Progress;
import courier.mongodb.Mongo;
import courier.mongodb.MongoHealthCheck;
import courier.reload.save.RoutesAtStart;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.main.Main;

/** The beans that the routes of a service find: its clients of Kafka and MongoDB, and others. */
final class ServiceBeans implements AutoCloseable {
  /** Their names. */
  static final List<String> NAMES =
      List.of(
          "kafka",
          "mongo",
          "long-answers",
          "progress",
          "kafkaClientFactory",
          "access",
          "revocations",
          "saves",
          "doctor");

  private final RoutesAtStart routes;
  private final Settings settings;
  private final HttpSettings http;
  private final KafkaSettings kafkaSettings;
  private final Doors doors;
  private final List<HealthCheck> health = new ArrayList<>();
  private Kafka kafka;
  private MongoClient mongo;

  ServiceBeans(RoutesAtStart routes, Settings settings, HttpSettings http, Doors doors) {
    this.routes = routes;
    this.settings = settings;
    this.http = http;
    this.doors = doors;
    kafkaSettings = KafkaSettings.of(settings);
  }

  /** Waits for the servers that the service needs. */
  void bind(Main main) throws InterruptedException {
    // Camel's own would come after the routes, which count from the start.
    main.bind(
        MicrometerConstants.METRICS_REGISTRY_NAME,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    Backends backends = new Backends(settings);
    if (routes.uses("kafka:") || settings.asksWho()) {
      kafka = backends.kafka(kafkaSettings, topics());
      health.add(new KafkaHealthCheck(kafka));
      main.bind("kafka", kafka);
      doors.learn(kafka);
    }
    if (routes.uses("mongodb:")) {
      mongo = backends.mongodb(routes.uses("beanType: courier.message.Inserts"));
      health.add(new MongoHealthCheck(mongo));
      main.bind("mongo", mongo);
      main.bind("long-answers", http.longAnswers());
    }
    if (kafka != null && mongo != null) {
      Patient patient = new Patient(settings, Path.of(""), kafka, mongo, Clock.systemUTC());
      Rounds rounds = new Rounds(new Doctor(patient));
      health.add(new DoctorHealthCheck(rounds));
      main.bind("doctor", rounds);
    }
    if (kafka != null) {
      Progress progress = new Progress();
      health.add(progress);
      main.bind("progress", progress);
      main.bind("kafkaClientFactory", new PollIsBatch(kafka, progress, this::storeAnswers));
    }
    doors.bind(main);
  }

  /** Whether what they stand for is well. */
  List<HealthCheck> health() {
    return health;
  }

  /** Those of Courier's own topics that this service has to do with. */
  private Set<String> topics() {
    return Stream.of("topics.messages", "topics.dead-letters", "topics.stored")
        .filter(routes::uses)
        .map(settings::get)
        .collect(toSet());
  }

  private boolean storeAnswers() {
    return mongo == null || Mongo.answers(mongo);
  }

  /** Before the routes' endpoints are. */
  void makeTopics(CamelContext context) {
    if (kafka != null) {
      Topics made = new Topics(kafka, kafkaSettings.partitions(), kafkaSettings.replication());
      Set<String> others =
          Stream.of("topics.indexed", "topics.replayed", "topics.stored", "topics.revoked")
              .flatMap(key -> Stream.of(settings.get(key).split(",")))
              .collect(toSet());
      context.addLifecycleStrategy(new RouteTopics(context, made, others));
    }
  }

  /** Before anything asks Kafka for what it may not have, and is told less. */
  void requireRights(CamelContext context) {
    if (kafka != null) {
      try {
        new KafkaRights(context).require(kafka, topics());
      } catch (StartupException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(
            "Cannot look at the rights of " + routes.folder().service(), e);
      }
    }
  }

  @Override
  public void close() {
    if (mongo != null) {
      mongo.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }
}
