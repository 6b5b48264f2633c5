package courier.kafka.consumer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.kafka.RunningKafka;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
    kafka = new Kafka(broker.brokers, ClientProperties.NONE);
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
    consumer.commitAsync(next(batch), null);
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(
      ConsumerRecords<Object, Object> batch) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<Object, Object> record : batch) {
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    return next;
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
  void theNextBatchIsReadBeforeKafkaHasSaidThatTheOneBeforeIsCommitted() throws Exception {
    broker.send(topic, 0, "a");
    BatchConsumer consumer = consumer("ahead", () -> true);
    var batch = batch(consumer);
    List<Exception> answers = new ArrayList<>();
    consumer.commitAsync(next(batch), (offsets, failure) -> answers.add(failure));
    assertEquals(List.of(), answers);
    broker.send(topic, 0, "b");
    assertEquals(List.of("b"), values(batch(consumer)));
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(() -> consumer.poll(Duration.ZERO) != null && !answers.isEmpty());
    assertEquals(Collections.singletonList(null), answers);
  }

  @Test
  void aCommitThatIsRefusedIsMadeUpForBeforeTheNextPoll() throws Exception {
    broker.send(topic, 0, "a");
    BatchConsumer consumer = consumer("made-up-for", () -> true);
    batch(consumer);
    TopicPartition partition = new TopicPartition(topic, 0);
    String tooLarge = "m".repeat(10_000);
    consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(1, tooLarge)), null);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              assertTrue(consumer.poll(Duration.ZERO).isEmpty());
              return kafka.positions(topic).containsKey(partition);
            });
    assertEquals(1, kafka.positions(topic).get(partition).offset());
  }

  @Test
  void whatCannotBeCommittedAsTheGroupHasPutItsMemberOutComesAgain() throws Exception {
    broker.send(topic, 0, "a");
    broker.send(topic, 1, "b");
    BatchConsumer consumer = consumer("put-out", () -> true);
    Set<String> first = new HashSet<>();
    while (first.size() < 2) {
      first.addAll(values(batch(consumer)));
    }
    broker.putOut(topic);
    consumer.commitAsync(
        Map.of(
            new TopicPartition(topic, 0), new OffsetAndMetadata(1),
            new TopicPartition(topic, 1), new OffsetAndMetadata(1)),
        null);

    Set<String> again = new HashSet<>();
    while (again.size() < 2) {
      var batch = batch(consumer);
      again.addAll(values(batch));
      commit(consumer, batch);
    }
    assertEquals(first, again);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(() -> consumer.poll(Duration.ZERO).isEmpty() && kafka.positions(topic).size() == 2);
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

  /** After it has read and committed three records; returns the id of the topic that they had. */
  private Uuid makeAgainBehindItsBack(BatchConsumer consumer) throws Exception {
    broker.send(topic, 0, "a", "b", "c");
    commit(consumer, batch(consumer));
    Uuid first = consumer.topicId(topic);
    broker.deleteTopic(topic);
    broker.createTopic(topic, 2);
    return first;
  }

  @Test
  void aTopicThatIsMadeAgainIsReadFromItsBeginningUnderItsNewId() throws Exception {
    BatchConsumer consumer = consumer("made-again", () -> true);
    Uuid first = makeAgainBehindItsBack(consumer);
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
    BatchConsumer consumer = consumer("made-again-at-once", () -> true);
    Uuid first = makeAgainBehindItsBack(consumer);
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
              var next = next(batch(consumer));
              next.remove(stuck);
              consumer.commitAsync(next, null);
              return !trouble("half").isEmpty();
            });

    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              commit(consumer, consumer.poll(Duration.ZERO));
              return trouble("half").isEmpty();
            });
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
