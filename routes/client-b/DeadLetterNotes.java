import com.mongodb.client.MongoClient;
import courier.deadletter.Desk;
import courier.deadletter.DeskAnswer;
import courier.deadletter.ReplayTargets;
import courier.deadletter.note.GroupNotes;
import courier.deadletter.note.LetterNotes;
import courier.deadletter.note.ReadNoteRequest;
import courier.identity.Access;
import courier.kafka.Kafka;
import org.apache.camel.BeanInject;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** What people say of dead letters, and of groups of them: tags, notes, and to hold them back. */
public class DeadLetterNotes extends RouteBuilder {
  @BeanInject private MongoClient mongo;
  @BeanInject private Kafka kafka;
  @BeanInject private Access access;

  @PropertyInject("mongodb.database")
  private String database;

  @PropertyInject("topics.replayed")
  private String topics;

  @PropertyInject("routes.folder")
  private String folder;

  @Override
  public void configure() {
    Desk desk = new Desk(mongo, database, new ReplayTargets(kafka, topics));
    LetterNotes letters = new LetterNotes(mongo, database, desk);
    GroupNotes groups = new GroupNotes(mongo, database);
    ReadNoteRequest hold = new ReadNoteRequest(folder + "/dead-letter-hold.schema.json");
    ReadNoteRequest tags = new ReadNoteRequest(folder + "/dead-letter-tags.schema.json");
    ReadNoteRequest note = new ReadNoteRequest(folder + "/dead-letter-note.schema.json");
    DeskAnswer answer = new DeskAnswer();

    take(from("platform-http:/dead-letters/{id}/hold?httpMethodRestrict=POST&role=operator"))
        .routeId("hold-dead-letter")
        .routeDescription("Lets no replay take a dead letter, and nobody discard it")
        .bean(hold, "read")
        .bean(letters, "hold")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letters/{id}/release?httpMethodRestrict=POST&role=operator"))
        .routeId("release-dead-letter")
        .routeDescription("Takes back that a dead letter was on hold")
        .bean(hold, "read")
        .bean(letters, "release")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letters/{id}/tags?httpMethodRestrict=POST&role=operator"))
        .routeId("tag-dead-letter")
        .routeDescription("Gives tags to a dead letter, or takes them away")
        .bean(tags, "read")
        .bean(letters, "tag")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letters/{id}/notes?httpMethodRestrict=POST&role=operator"))
        .routeId("note-dead-letter")
        .routeDescription("Notes something about a dead letter")
        .bean(note, "read")
        .bean(letters, "note")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letter-groups/{id}/hold?httpMethodRestrict=POST&role=operator"))
        .routeId("hold-dead-letter-group")
        .routeDescription("Lets no replay take a group of dead letters, and nobody discard it")
        .bean(hold, "read")
        .bean(groups, "hold")
        .bean(answer, "noted");

    take(from(
            "platform-http:/dead-letter-groups/{id}/release?httpMethodRestrict=POST&role=operator"))
        .routeId("release-dead-letter-group")
        .routeDescription("Takes back that a group of dead letters was on hold")
        .bean(hold, "read")
        .bean(groups, "release")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letter-groups/{id}/tags?httpMethodRestrict=POST&role=operator"))
        .routeId("tag-dead-letter-group")
        .routeDescription("Gives tags to a group of dead letters, or takes them away")
        .bean(tags, "read")
        .bean(groups, "tag")
        .bean(answer, "noted");

    take(from("platform-http:/dead-letter-groups/{id}/notes?httpMethodRestrict=POST&role=operator"))
        .routeId("note-dead-letter-group")
        .routeDescription("Notes something about a group of dead letters")
        .bean(note, "read")
        .bean(groups, "note")
        .bean(answer, "noted");

    from("timer:settle-groups?period=20000&synchronous=true")
        .routeId("settle-groups")
        .routeDescription("Goes on with what was said of groups while an instance ended")
        .errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false))
        .bean(groups, "tidy");
  }

  /** By whom it is done is known where people are asked who they are. */
  private RouteDefinition take(RouteDefinition request) {
    return request
        .routeConfigurationId("answer-with-error")
        .setVariable("by", method(access, "by"));
  }
}
