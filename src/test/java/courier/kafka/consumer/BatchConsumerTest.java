package courier.kafka.consumer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is not committed comes again, from a real broker, and nothing is skipped. */
class BatchConsumerTest extends ConsumersOfABroker {
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
        .until(() -> consumer.poll(Duration.ZERO).isEmpty() && kafka.positions(topic).size() == 2);
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
        .until(() -> consumer.poll(Duration.ZERO).isEmpty() && trouble("corrupt").isEmpty());
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
  void aPartitionThatDoesNotGetOnIsToldAlthoughAnotherDoes() throws Exception {
    BatchConsumer consumer = consumer("half", () -> true);
    broker.send(topic, 0, "never");
    TopicPartition stuck = new TopicPartition(topic, 0);
    await()
        .pollInSameThread()
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
        .until(
            () -> {
              commit(consumer, consumer.poll(Duration.ZERO));
              return trouble("half").isEmpty();
            });
  }
}
