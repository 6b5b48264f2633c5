package courier.failure;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import courier.http.ProblemAnswer;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** What a client is told of a failure that is none of its own, in words that a policy gives. */
public final class FailureAnswer {
  private final ProblemAnswer problem = new ProblemAnswer();
  private String storeAway;
  private String kafkaAway;
  private String refused;
  private String errorHere;
  private String notAcknowledged;
  private String notAccepted;

  public void setStoreAway(String words) {
    storeAway = words;
  }

  public void setKafkaAway(String words) {
    kafkaAway = words;
  }

  /** Of what does not end before a person has done something; without, it is as any outage. */
  public void setRefused(String words) {
    refused = words;
  }

  public void setErrorHere(String words) {
    errorHere = words;
  }

  /** Instead of that Kafka is away, to who sends a message that has its id. */
  public void setNotAcknowledged(String words) {
    notAcknowledged = words;
  }

  /** Instead of any other error, to the same. */
  public void setNotAccepted(String words) {
    notAccepted = words;
  }

  /** 503: what the exchange needs is not there. */
  public void away(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange.getMessage().setHeader("Retry-After", "1");
    if (refused != null && isRefused(caught)) {
      answer(exchange, 503, isSending(exchange) ? notAccepted : refused);
    } else if (ObjectHelper.getException(MongoException.class, caught) != null) {
      answer(exchange, 503, storeAway);
    } else if (ObjectHelper.getException(RejectedExecutionException.class, caught) != null) {
      // Courier itself does not take it now: it stops, or its routes were just changed and fail.
      answer(exchange, 503, isSending(exchange) ? notAccepted : errorHere);
    } else {
      answer(exchange, 503, isSending(exchange) ? notAcknowledged : kafkaAway);
    }
  }

  /** 500. */
  public void error(Exchange exchange) {
    answer(exchange, 500, isSending(exchange) ? notAccepted : errorHere);
  }

  /** A server answers, and does not let Courier do it, or does not know how. */
  private static boolean isRefused(Exception caught) {
    MongoCommandException command = ObjectHelper.getException(MongoCommandException.class, caught);
    return Access.advice(caught).isPresent()
        || command != null && !FailureKind.isAway(command.getCode());
  }

  private static boolean isSending(Exchange exchange) {
    return exchange.getVariable("id") != null;
  }

  private void answer(Exchange exchange, int status, String words) {
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setBody(words);
    problem.explain(exchange);
  }
}
