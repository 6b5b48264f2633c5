package courier.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told when a server that Courier needs does not do what it is to. */
class FailureAnswerTest {
  private final FailureAnswer answer = new FailureAnswer();

  FailureAnswerTest() {
    answer.setStoreAway("store away");
    answer.setKafkaAway("kafka away");
    answer.setRefused("refused");
    answer.setErrorHere("error here");
    answer.setNotAcknowledged("not acknowledged");
    answer.setNotAccepted("not accepted");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new MongoTimeoutException("none"), "store away", "store away"),
        Arguments.of(command(91), "store away", "store away"), // shutting down
        Arguments.of(command(13), "refused", "not accepted"), // no right
        Arguments.of(command(59), "refused", "not accepted"), // no such command
        Arguments.of(command(238), "refused", "not accepted"), // not implemented
        Arguments.of(new TimeoutException("none"), "kafka away", "not acknowledged"),
        Arguments.of(new TopicAuthorizationException("t"), "refused", "not accepted"),
        Arguments.of(new RejectedExecutionException(), "error here", "not accepted"));
  }

  private static MongoCommandException command(int code) {
    BsonDocument said =
        new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code));
    return new MongoCommandException(said, new ServerAddress());
  }

  private String told(Exception failure, String id) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getExchangeExtension().setFromRouteId("asking");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
    if (id != null) {
      exchange.setVariable("id", id);
    }
    answer.away(exchange);
    assertEquals(503, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
    return new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhetherSomethingIsAwayOrRefuses(Exception failure, String words, String toASender) {
    assertTrue(told(failure, null).contains("\"detail\":\"" + words + '"'));
    Exception wrapped = new CamelMongoDbException(new ExecutionException(failure));
    assertTrue(told(wrapped, null).contains("\"detail\":\"" + words + '"'));
    assertTrue(told(failure, "1").contains("\"detail\":\"" + toASender + '"'));
  }

  @Test
  void aPolicyOfBeforeHasNoWordsForARefusal() {
    answer.setRefused(null);
    assertTrue(told(command(13), null).contains("\"detail\":\"store away\""));
  }
}
