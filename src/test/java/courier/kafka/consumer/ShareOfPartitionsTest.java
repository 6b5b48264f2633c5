package courier.kafka.consumer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * A consumer gets its share of the partitions there are, also when others join and topics change.
 */
class ShareOfPartitionsTest extends ConsumersOfABroker {
  @Test
  void anotherOneCanJoinWhileABatchIsTriedAgainAndGetsItsShare() throws Exception {
    broker.send(topic, 0, "a");
    broker.send(topic, 1, "b");
    BatchConsumer stuck = consumer("stuck", () -> true);
    batch(stuck);
    BatchConsumer other = consumer("other", () -> true);
    await()
        .pollInSameThread()
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
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && !trouble("cut-off").isEmpty());
    await()
        .pollInSameThread()
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && cutOff.subscription().isEmpty());
    assertEquals(List.of("a"), values(batch(consumer("healthy", () -> true))));

    answers[0] = true;
    await()
        .pollInSameThread()
        .until(() -> cutOff.poll(Duration.ZERO).isEmpty() && !cutOff.subscription().isEmpty());
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
        .until(
            () -> {
              assertTrue(consumer.poll(Duration.ZERO).isEmpty());
              return consumer.assignment().size() == 2;
            });

    consumer.resume(consumer.assignment());
    assertEquals(List.of("a"), values(batch(consumer)));
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
        .ignoreExceptions()
        .until(
            () -> {
              broker.createTopic(topic, 1);
              return true;
            });
    broker.send(topic, 0, "c");
    assertEquals(List.of("c"), values(batch(tail)));
  }
}
