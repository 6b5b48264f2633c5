import com.mongodb.client.MongoClient;
import courier.deadletter.Desk;
import courier.deadletter.DeskAnswer;
import courier.deadletter.Groups;
import courier.deadletter.LetterSelection;
import courier.deadletter.ReadDeskRequest;
import courier.deadletter.ReplayTargets;
import courier.deadletter.SendAgain;
import courier.deadletter.search.LetterSearch;
import courier.http.LongAnswers;
import courier.identity.Access;
import courier.kafka.Kafka;
import courier.mongodb.Pages;
import courier.mongodb.StoredDocument;
import courier.transfer.Export;
import org.apache.camel.BeanInject;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;

/** Dead letters as people see them, and what they do to one; {@link BulkReplayDesk} has many. */
public class DeadLetterDesk extends RouteBuilder {
  @BeanInject private MongoClient mongo;
  @BeanInject private Kafka kafka;
  @BeanInject private LongAnswers longAnswers;
  @BeanInject private Access access;

  @PropertyInject("mongodb.database")
  private String database;

  @PropertyInject("topics.replayed")
  private String topics;

  @PropertyInject("routes.folder")
  private String folder;

  @Override
  public void configure() {
    ReplayTargets targets = new ReplayTargets(kafka, topics);
    Desk desk = new Desk(mongo, database, targets);
    DeskAnswer answer = new DeskAnswer();
    Pages pages = new Pages("failedAt,_id", longAnswers);
    ReadDeskRequest request = new ReadDeskRequest(folder + "/dead-letter-action.schema.json");

    from("platform-http:/dead-letters?httpMethodRestrict=GET&role=viewer")
        .routeId("list-dead-letters")
        .routeDescription(
            "Dead letters without their values, newest first; ?group=, ?reason= and so on select,"
                + " ?limit= and ?before= page through them")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(LetterSelection.class, "query")
        .choice()
        .when(header("q").isNotNull())
        .to("direct:search-dead-letters")
        .otherwise()
        .bean(pages, "query")
        .bean(LetterSelection.class, "withoutValues")
        .to(
            "mongodb:mongo?database={{mongodb.database}}&collection=dead-letters"
                + "&operation=findAll&outputType=MongoIterable")
        .bean(pages, "answer")
        .end();

    from("direct:search-dead-letters")
        .routeId("search-dead-letters")
        .routeDescription("Looks for the text ?q= in the selected dead letters, for some time")
        .errorHandler(noErrorHandler())
        .bean(new LetterSearch(mongo, database), "answer");

    from("platform-http:/dead-letter-groups?httpMethodRestrict=GET&role=viewer")
        .routeId("list-dead-letter-groups")
        .routeDescription(
            "The dead letters by step and reason, with counts, the first and the last of each")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(new Groups(mongo, database), "list");

    // Before the one of an id, as addresses are looked for in this order.
    from("platform-http:/dead-letters/export?httpMethodRestrict=GET&role=operator")
        .routeId("export-dead-letters")
        .routeDescription("Dead letters as lines, byte for byte, those that failed last first")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(LetterSelection.class, "query")
        .bean(pages, "query")
        .to(
            "mongodb:mongo?database={{mongodb.database}}&collection=dead-letters"
                + "&operation=findAll&outputType=MongoIterable")
        .bean(new Export(longAnswers), "letters");

    from("platform-http:/dead-letters/{id}?httpMethodRestrict=GET&role=viewer")
        .routeId("get-dead-letter")
        .routeDescription("One dead letter, with its reason and bytes")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(StoredDocument.class, "query")
        .bean(desk, "find")
        .bean(answer, "letter");

    from("platform-http:/dead-letters/{id}/discard?httpMethodRestrict=POST&role=operator")
        .routeId("discard-dead-letter")
        .routeDescription("Sets a dead letter aside")
        .routeConfigurationId("answer-with-error")
        .setVariable("by", method(access, "by"))
        .bean(request, "read")
        .bean(desk, "discard")
        .bean(answer, "state");

    from("platform-http:/dead-letters/{id}/undo?httpMethodRestrict=POST&role=operator")
        .routeId("undo-discard")
        .routeDescription("Takes back that a dead letter was discarded")
        .routeConfigurationId("answer-with-error")
        .setVariable("by", method(access, "by"))
        .bean(request, "read")
        .bean(desk, "undo")
        .bean(answer, "state");

    from("platform-http:/dead-letters/{id}/replay?httpMethodRestrict=POST&role=operator")
        .routeId("replay-dead-letter")
        .routeDescription(
            "Sends a dead letter to the topic it is from once more, edited if the request has"
                + " another value")
        .routeConfigurationId("answer-with-error")
        .setVariable("by", method(access, "by"))
        .bean(request, "read")
        .bean(desk, "replay")
        .to("direct:send-again")
        .bean(answer, "sent");

    SendAgain sending = new SendAgain(targets, kafka);
    from("direct:send-again")
        .routeId("send-again")
        .routeDescription("Sends the record of a claimed dead letter, and notes what came of it")
        .errorHandler(noErrorHandler())
        .doTry()
        .bean(sending, "prepare")
        .to("direct:write-replay")
        .bean(sending, "count")
        .doCatch(Exception.class)
        .bean(sending, "fail")
        .end()
        .bean(desk, "settle");
  }
}
