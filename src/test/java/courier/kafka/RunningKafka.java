package courier.kafka;

import static org.awaitility.Awaitility.await;

import courier.fixture.FreePort;
import courier.infra.EmbeddedKafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker in this process. */
public final class RunningKafka implements AutoCloseable {
  public final String brokers;
  private final EmbeddedKafka server;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;

  public RunningKafka(Path folder) throws IOException {
    InetSocketAddress address = new InetSocketAddress("localhost", FreePort.next());
    brokers = "localhost:" + address.getPort();
    server = new EmbeddedKafka(folder, address);
    server.start(why -> {});
    Map<String, Object> client = Map.of("bootstrap.servers", brokers);
    admin = Admin.create(client);
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(client, bytes, bytes);
  }

  public void createTopic(String name, int partitions) throws Exception {
    // On a machine that stood still for seconds the controller has put the broker out.
    await().until(() -> !admin.describeCluster().nodes().get().isEmpty());
    admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
  }

  public void grow(String topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
  }

  public void deleteTopic(String name) throws Exception {
    admin.deleteTopics(List.of(name)).all().get();
  }

  /** All members of a group. */
  public void putOut(String group) throws Exception {
    admin
        .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
        .all()
        .get();
  }

  public void send(String topic, int partition, String... values) throws Exception {
    for (String value : values) {
      producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes())).get();
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    server.close();
  }
}
