package courier.deadletter;

import courier.deadletter.record.Masked;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.mongodb.StoredJson;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the desk answers over HTTP. */
public final class DeskAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(DeskAnswer.class);

  /** {@code {"id","state","replays"}}. */
  public void state(Message answer) {
    Letter letter = answer.getBody(Letter.class);
    write(answer, letter, letter.state());
  }

  /**
   * 202, and the same.
   *
   * @throws Refusal 409 when Kafka did not take the record, and will not, or 503 when it may take
   *     it in a moment
   */
  public void sent(Message answer) {
    Sending sending = answer.getBody(Sending.class);
    if (sending.given()) {
      throw new Refusal(409, "It could not be sent to its topic: " + sending.why());
    }
    if (!sending.isSent()) {
      LOG.warn("A replay waits for Kafka: {}", sending.why());
      throw new Refusal(
          503, "Kafka does not answer. The dead letter is replayed as soon as it does.");
    }
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    write(answer, sending.letter(), State.REPLAYED);
  }

  private static void write(Message answer, Letter letter, State state) {
    Document body =
        new Document("id", letter.id())
            .append("state", state.text())
            .append("replays", letter.replays());
    JsonBody.write(answer, StoredJson.of(body));
  }

  /** All of a dead letter that is for people to see. */
  public void letter(Message answer) {
    Document document = answer.getBody(Letter.class).document();
    Letter.SECRET.forEach(document::remove);
    if (Masked.is(answer.getExchange())) {
      Masked.letter(document);
    }
    JsonBody.write(answer, StoredJson.of(document));
  }

  /** What is said of a letter or a group now. */
  public void noted(Message answer) {
    JsonBody.write(answer, StoredJson.of(answer.getBody(Document.class)));
  }

  /** A bulk replay and how far it is. */
  public void bulkReplay(Message answer) {
    Document replay = answer.getBody(Document.class);
    if (Masked.is(answer.getExchange())) {
      Masked.replay(replay);
    }
    JsonBody.write(answer, StoredJson.of(replay));
  }

  /** The same to who has stopped it. */
  public void stopped(Message answer) {
    noted(answer);
  }

  /** 202, and where to look how far it is. */
  public void started(Message answer) {
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    answer.setHeader(
        "Location", "/dead-letter-replays/" + answer.getBody(Document.class).get("_id"));
    stopped(answer);
  }
}
