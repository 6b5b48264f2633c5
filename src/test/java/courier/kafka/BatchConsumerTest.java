package courier.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What is not committed comes again, from a real broker, and nothing is skipped. */
class BatchConsumerTest {
  @TempDir static Path folder;
  private static RunningKafka broker;
  private static Kafka kafka;

  private final List<BatchConsumer> consumers = new ArrayList<>();
  private final Progress progress = new Progress(Duration.ofSeconds(2));
  private String topic;

  @BeforeAll
  static void start() throws Exception {
    broker = new RunningKafka(folder.resolve("kafka"));
    kafka = new Kafka(broker.brokers);
  }

  @AfterAll
  static void close() {
    kafka.close();
    broker.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 2);
  }

  @AfterEach
  void closeConsumers() {
    consumers.forEach(BatchConsumer::close);
  }

  private BatchConsumer consumer(String name, BooleanSupplier store) {
    return consumer(name, store, Map.of());
  }

  private BatchConsumer consumer(String name, BooleanSupplier store, Map<String, String> others) {
    Properties properties = new Properties();
    properties.putAll(others);
    properties.put("bootstrap.servers", broker.brokers);
    properties.put("group.id", topic);
    properties.put("client.id", name);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.interval.ms", "20000");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    BatchConsumer consumer =
        (BatchConsumer) new PollIsBatch(kafka, progress, store).getConsumer(properties);
    consumers.add(consumer);
    consumer.subscribe(List.of(topic), new NoListener());
    return consumer;
  }

  private static final class NoListener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(java.util.Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(java.util.Collection<TopicPartition> partitions) {}
  }

  /** The next batch as Camel gets it, with the empty poll after which it is handed on. */
  private static ConsumerRecords<Object, Object> batch(BatchConsumer consumer) {
    var found = new ArrayList<ConsumerRecords<Object, Object>>();
    await()
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              var records = consumer.poll(Duration.ZERO);
              if (!records.isEmpty()) {
                found.add(records);
              }
              return !found.isEmpty();
            });
    assertTrue(consumer.poll(Duration.ZERO).isEmpty());
    return found.get(0);
  }

  private static List<String> values(ConsumerRecords<Object, Object> records) {
    List<String> values = new ArrayList<>();
    records.forEach(record -> values.add(new String((byte[]) record.value())));
    return values;
  }

  private static void commit(BatchConsumer consumer, ConsumerRecords<Object, Object> batch) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<Object, Object> record : batch) {
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    consumer.commitSync(next, Duration.ofSeconds(5));
  }

  private String trouble(String name) {
    return progress.of(name).trouble().orElse("");
  }

  @Test
  void aBatchThatIsNotCommittedComesAgainUntilItIs() throws Exception {
    broker.send(topic, 0, "a", "b");
    BatchConsumer consumer = consumer("again", () -> true);
    assertEquals(List.of("a", "b"), values(batch(consumer)));
    broker.send(topic, 0, "c");
    var again = batch(consumer);
    assertEquals("a", values(again).get(0));
    commit(consumer, again);
    if (again.count() == 2) {
      again = batch(consumer);
      commit(consumer, again);
    }
    broker.send(topic, 0, "d");
    assertEquals(List.of("d"), values(batch(consumer)));
  }

  @Test
  void anotherOneCanJoinWhileABatchIsTriedAgainAndGetsItsShare() throws Exception {
    broker.send(topic, 0, "a");
    broker.send(topic, 1, "b");
    BatchConsumer stuck = consumer("stuck", () -> true);
    batch(stuck);
    BatchConsumer other = consumer("other", () -> true);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              stuck.poll(Duration.ZERO);
              other.poll(Duration.ZERO);
              return other.assignment().size() == 1 && stuck.assignment().size() == 1;
            });
  }

  @Test
  void whoseStoreIsAwayLeavesItsPartitionsToOthersAndComesBackWithIt() throws Exception {
    broker.send(topic, 0, "a");
    boolean[] answers = {false};
    BatchConsumer cutOff = consumer("cut-off", () -> answers[0]);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && !trouble("cut-off").isEmpty());
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(15))
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && cutOff.subscription().isEmpty());
    assertEquals(List.of("a"), values(batch(consumer("healthy", () -> true))));

    answers[0] = true;
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(15))
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && !cutOff.subscription().isEmpty());
  }

  @Test
  void aTopicThatIsMadeAgainIsReadFromItsBeginningUnderItsNewId() throws Exception {
    broker.send(topic, 0, "a", "b", "c");
    BatchConsumer consumer = consumer("made-again", () -> true);
    commit(consumer, batch(consumer));
    Uuid first = consumer.topicId(topic);
    broker.deleteTopic(topic);
    broker.createTopic(topic, 2);
    // To the consumer the last two are what comes next.
    broker.send(topic, 0, "d", "e", "f", "g", "h");

    List<String> read = new ArrayList<>();
    while (!read.containsAll(List.of("d", "e", "f", "g", "h"))) {
      var batch = batch(consumer);
      read.addAll(values(batch));
      commit(consumer, batch);
    }
    assertNotEquals(first, consumer.topicId(topic));
  }

  @Test
  void aTopicThatIsMadeAgainAndHasRecordsAtOnceIsReadFromItsBeginningToo() throws Exception {
    broker.send(topic, 0, "a", "b", "c");
    BatchConsumer consumer = consumer("made-again-at-once", () -> true);
    commit(consumer, batch(consumer));
    Uuid first = consumer.topicId(topic);
    broker.deleteTopic(topic);
    broker.createTopic(topic, 2);
    broker.send(topic, 0, "d");

    assertEquals(List.of("d"), values(batch(consumer)));
    assertNotEquals(first, consumer.topicId(topic));
  }

  @Test
  void aCorruptBatchIsTriedAgainAndNothingBehindItIsReadBefore() throws Exception {
    broker.send(topic, 0, "first");
    broker.send(topic, 0, "second");
    broker.send(topic, 0, "third");
    BatchConsumer consumer = consumer("corrupt", () -> true);
    try (RandomAccessFile log = log()) {
      long place = find(log, "second");
      log.seek(place);
      log.write('S');
      var good = batch(consumer);
      assertEquals(List.of("first"), values(good));
      commit(consumer, good);
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(30))
          .until(() -> consumer.poll(Duration.ZERO).isEmpty() && !trouble("corrupt").isEmpty());
      assertTrue(trouble("corrupt").contains(topic + "-0"), trouble("corrupt"));
      broker.send(topic, 1, "of another partition");
      var other = batch(consumer);
      assertEquals(List.of("of another partition"), values(other));
      commit(consumer, other);
      assertTrue(trouble("corrupt").contains(topic + "-0"), trouble("corrupt"));
      log.seek(place);
      log.write('s');
    }
    List<String> read = new ArrayList<>();
    while (read.size() < 2) {
      var batch = batch(consumer);
      read.addAll(values(batch));
      commit(consumer, batch);
    }
    assertEquals(List.of("second", "third"), read);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(() -> consumer.poll(Duration.ZERO).isEmpty() && trouble("corrupt").isEmpty());
  }

  @Test
  void aPartitionThatDoesNotGetOnIsToldAlthoughAnotherDoes() throws Exception {
    BatchConsumer consumer = consumer("half", () -> true);
    broker.send(topic, 0, "never");
    TopicPartition stuck = new TopicPartition(topic, 0);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              broker.send(topic, 1, "each time");
              Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
              for (ConsumerRecord<Object, Object> record : batch(consumer)) {
                next.put(
                    new TopicPartition(topic, record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
              }
              next.remove(stuck);
              consumer.commitSync(next, Duration.ofSeconds(5));
              return !trouble("half").isEmpty();
            });

    consumer.commitSync(Map.of(stuck, new OffsetAndMetadata(1)), Duration.ofSeconds(5));
    assertEquals("", trouble("half"));
  }

  private RandomAccessFile log() throws Exception {
    Path file = folder.resolve("kafka/" + topic + "-0/00000000000000000000.log");
    return new RandomAccessFile(file.toFile(), "rw");
  }

  private static long find(RandomAccessFile file, String text) throws Exception {
    byte[] bytes = new byte[(int) file.length()];
    file.readFully(bytes);
    int place = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    assertTrue(place > 0, text);
    return place;
  }

  @Test
  void aTailReadsPartitionsThatItsTopicGetsLaterAndGoesOnWhenThereAreFewer() throws Exception {
    BatchConsumer tail =
        consumer("tail", () -> true, Map.of("tail", "10", "metadata.max.age.ms", "500"));
    broker.send(topic, 1, "a");
    commit(tail, batch(tail));

    broker.grow(topic, 3);
    broker.send(topic, 2, "b");
    var later = batch(tail);
    assertEquals(List.of("b"), values(later));
    commit(tail, later);

    broker.deleteTopic(topic);
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              broker.createTopic(topic, 1);
              return true;
            });
    broker.send(topic, 0, "c");
    assertEquals(List.of("c"), values(batch(tail)));
  }

  @Test
  void whoIsSuspendedGetsNothingAlsoOfPartitionsThatComeOnlyThen() throws Exception {
    broker.send(topic, 0, "a");
    BatchConsumer consumer = consumer("suspended", () -> true);
    consumer.pause(consumer.assignment()); // none yet, as while the group finds its members

    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(1))
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              assertTrue(consumer.poll(Duration.ZERO).isEmpty());
              return consumer.assignment().size() == 2;
            });

    consumer.resume(consumer.assignment());
    assertEquals(List.of("a"), values(batch(consumer)));
  }
}
