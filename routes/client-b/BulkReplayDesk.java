import com.mongodb.client.MongoClient;
import courier.deadletter.Desk;
import courier.deadletter.DeskAnswer;
import courier.deadletter.ReplayTargets;
import courier.deadletter.SendAgain;
import courier.deadletter.bulk.BulkReplays;
import courier.deadletter.bulk.ReadBulkRequest;
import courier.deadletter.bulk.ReplayRunner;
import courier.http.LongAnswers;
import courier.identity.Access;
import courier.kafka.Kafka;
import courier.mongodb.Pages;
import courier.mongodb.StoredDocument;
import org.apache.camel.BeanInject;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.LoggingLevel;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.apache.kafka.common.KafkaException;

/** Replays of many dead letters: how people start, see and stop one, and what runs it in turns. */
public class BulkReplayDesk extends RouteBuilder {
  @BeanInject private MongoClient mongo;
  @BeanInject private Kafka kafka;
  @BeanInject private LongAnswers longAnswers;
  @BeanInject private Access access;

  @PropertyInject("mongodb.database")
  private String database;

  @PropertyInject("topics.replayed")
  private String topics;

  @PropertyInject("topics.messages")
  private String messages;

  @PropertyInject("client-b.group")
  private String group;

  @PropertyInject("replay.max-failures")
  private int maxFailures;

  @PropertyInject("routes.folder")
  private String folder;

  @Override
  public void configure() throws Exception {
    ReplayTargets targets = new ReplayTargets(kafka, topics);
    BulkReplays replays = new BulkReplays(mongo, database, targets);
    String letters = getContext().resolvePropertyPlaceholders("{{topics.dead-letters}}");
    ReplayRunner runner = new ReplayRunner(replays, kafka, messages, group, letters, maxFailures);
    answerPeople(replays, runner);
    takeTurns(runner);
    sendTogether(runner, new Desk(mongo, database, targets), new SendAgain(targets, kafka));
  }

  private void answerPeople(BulkReplays replays, ReplayRunner runner) {
    DeskAnswer answer = new DeskAnswer();
    Pages pages = new Pages("startedAt,_id", longAnswers);

    from("platform-http:/dead-letter-replays?httpMethodRestrict=POST&role=operator")
        .routeId("start-bulk-replay")
        .routeDescription("Queues the selected dead letters to be replayed at a rate")
        .routeConfigurationId("answer-with-error")
        .setVariable("by", method(access, "by"))
        .bean(new ReadBulkRequest(folder + "/bulk-replay.schema.json"), "read")
        .bean(replays, "start")
        .bean(runner, "wake")
        .bean(answer, "started");

    from("platform-http:/dead-letter-replays?httpMethodRestrict=GET&role=viewer")
        .routeId("list-bulk-replays")
        .routeDescription("All bulk replays, newest first; ?limit= and ?before= page through them")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(pages, "query")
        .setHeader(MongoDbConstants.FIELDS_PROJECTION, method(replays, "hidden"))
        .to(
            "mongodb:mongo?database={{mongodb.database}}&collection=dead-letter-replays"
                + "&operation=findAll&outputType=MongoIterable")
        .bean(pages, "answer");

    from("platform-http:/dead-letter-replays/{id}?httpMethodRestrict=GET&role=viewer")
        .routeId("get-bulk-replay")
        .routeDescription("How far a bulk replay is")
        .routeConfigurationId("answer-with-error")
        .setVariable("masked", method(access, "masks"))
        .bean(StoredDocument.class, "query")
        .bean(replays, "get")
        .bean(answer, "bulkReplay");

    from("platform-http:/dead-letter-replays/{id}/stop?httpMethodRestrict=POST&role=operator")
        .routeId("stop-bulk-replay")
        .routeDescription("Ends a bulk replay; what still waits is open again")
        .routeConfigurationId("answer-with-error")
        .bean(StoredDocument.class, "query")
        .bean(replays, "stop")
        .bean(answer, "stopped");
  }

  private void takeTurns(ReplayRunner runner) {
    from("timer:run-bulk-replays?period=500&fixedRate=false&synchronous=true")
        .routeId("run-bulk-replays")
        .routeDescription("Replays what is queued, each bulk at its rate, if little fails again")
        .errorHandler(nextTurnTriesAgain())
        .bean(runner, "due")
        .filter(body())
        .to("direct:send-all-again");

    from("timer:resume-replays?period=5000&synchronous=true")
        .routeId("resume-replays")
        .routeDescription("Takes up the replays in the middle of which an instance ended")
        .errorHandler(nextTurnTriesAgain())
        .bean(runner, "leftBehind")
        .filter(body())
        .to("direct:send-all-again");
  }

  private ErrorHandlerFactory nextTurnTriesAgain() {
    return defaultErrorHandler()
        .logStackTrace(false)
        .logExhaustedMessageHistory(false)
        .retriesExhaustedLogLevel(LoggingLevel.WARN);
  }

  private void sendTogether(ReplayRunner runner, Desk desk, SendAgain sending) {
    from("direct:send-all-again")
        .routeId("send-all-again")
        .routeDescription("Sends claimed dead letters together, and each that failed by itself")
        .errorHandler(noErrorHandler())
        .setVariable("claimed", body())
        .bean(sending, "prepareAll")
        .doTry()
        .to("direct:write-replay")
        .doCatch(KafkaException.class)
        .log(LoggingLevel.DEBUG, "Not all replays got through together: ${exception.message}")
        .end()
        .bean(sending, "acknowledged")
        .bean(runner, "noteAll")
        .bean(desk, "settleAll")
        .bean(sending, "others")
        // Asked for one by one, as the time of their claim may be over.
        .split(body())
        .streaming()
        .stopOnException()
        .to("direct:send-again")
        .bean(runner, "note");
  }
}
