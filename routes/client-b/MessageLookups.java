import com.mongodb.client.MongoClient;
import courier.conversation.Conversations;
import courier.http.LongAnswers;
import courier.identity.Access;
import courier.kafka.Backlog;
import courier.kafka.Kafka;
import courier.message.Trace;
import org.apache.camel.BeanInject;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;

/** What is asked of more than one message at a time, or of more than the store. */
public class MessageLookups extends RouteBuilder {
  @BeanInject private MongoClient mongo;
  @BeanInject private Kafka kafka;
  @BeanInject private LongAnswers longAnswers;
  @BeanInject private Access access;

  @PropertyInject("mongodb.database")
  private String database;

  @PropertyInject("topics.messages")
  private String messages;

  @PropertyInject("client-b.group")
  private String group;

  @Override
  public void configure() {
    from("platform-http:/conversations?httpMethodRestrict=GET")
        .routeId("list-conversations")
        .routeDescription(
            "With whom ?clientId= has messages, newest first, with the last one and how many are"
                + " unread")
        .routeConfigurationId("answer-with-error")
        .bean(access, "own")
        .bean(new Conversations(mongo, database, longAnswers), "list");

    Backlog backlog = new Backlog(kafka, messages, group);
    from("platform-http:/messages/{id}/trace?httpMethodRestrict=GET")
        .routeId("trace-message")
        .routeDescription("What is known of one message, from the log to where it is now")
        .routeConfigurationId("answer-with-error")
        .setVariable("person", method(access, "person"))
        .bean(new Trace(mongo, database, backlog, messages), "answer");
  }
}
