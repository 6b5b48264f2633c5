package courier.kafka;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

class KafkaTest {
  @Test
  @Timeout(30) // and not the minute for each that is Kafka's own
  void waitsForNoBrokerThatNeverAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Kafka kafka = new Kafka("localhost:" + silent.getLocalPort(), ClientProperties.NONE)) {
      List<Executable> calls =
          List.of(
              kafka::ping,
              () -> kafka.topicId("t").get(),
              () -> kafka.ends("t"),
              () -> kafka.positions("g"),
              () -> new Topics(kafka, 6, (short) -1).make("m", "d", "s", Set.of()));
      calls.parallelStream()
          .map(call -> assertThrows(ExecutionException.class, call))
          .forEach(e -> assertInstanceOf(TimeoutException.class, e.getCause()));
    }
  }
}
