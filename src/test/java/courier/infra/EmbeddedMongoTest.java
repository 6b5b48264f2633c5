package courier.infra;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;
import static courier.infra.RunningMongo.message;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {
  @TempDir Path directory;
  private RunningMongo server;

  @BeforeEach
  void start() {
    server = RunningMongo.start(directory);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static WriteModel<Document> upsert(Document message) {
    var sameRecord =
        and(
            eq("_id", message.get("_id")),
            eq("partition", message.get("partition")),
            eq("offset", message.get("offset")));
    return new ReplaceOneModel<>(sameRecord, message, new ReplaceOptions().upsert(true));
  }

  @Test
  void aBulkReportsOnlyTheMessagesWhoseIdsAreTakenAndStoresTheOthers() {
    server.messages().insertMany(List.of(message("stored", 0, 1), message("taken", 0, 2)));
    var bulk =
        Stream.of(
                message("new", 0, 3),
                message("taken", 1, 7),
                message("stored", 0, 1),
                message("newer", 0, 4),
                message("new", 0, 5))
            .map(InsertOneModel::new)
            .toList();

    var failed =
        assertThrows(
            MongoBulkWriteException.class,
            () -> server.messages().bulkWrite(bulk, new BulkWriteOptions().ordered(false)));

    var errors = failed.getWriteErrors();
    assertEquals(List.of(1, 2, 4), errors.stream().map(BulkWriteError::getIndex).toList());
    assertEquals(Set.of(11000), errors.stream().map(BulkWriteError::getCode).collect(toSet()));
    assertEquals(4, server.messages().countDocuments());
    assertEquals(message("taken", 0, 2), server.messages().find(eq("_id", "taken")).first());
    assertEquals(message("new", 0, 3), server.messages().find(eq("_id", "new")).first());
  }

  @Test
  void whatIsWrittenComesBackTheSame() {
    var nested = new Document("list", List.of(1, 2L, "3", new Document("x", null)));
    var document =
        new Document("_id", "\u00fcn\u00ef \uD83D\uDE80 \u0000")
            .append("bytes", new Binary(new byte[] {0, 1, -1}))
            .append("at", new Date(1_700_000_000_123L))
            .append("nested", nested.append("a.b", 1));
    server.messages().insertOne(document);
    server.messages().updateOne(eq("at", document.get("at")), set("c", "d"));
    assertEquals(document.append("c", "d"), server.messages().find().first());

    var dotted = message("dotted", 0, 1).append("e.f", "g");
    server.messages().bulkWrite(List.of(upsert(dotted)));
    server.messages().bulkWrite(List.of(upsert(dotted)));
    assertEquals(dotted, server.messages().find(eq("_id", "dotted")).first());
  }

  @Test
  void findsByAnIndexWhatHasOneOfSomeValuesOrNone() {
    server.messages().createIndex(ascending("partition", "offset"));
    server
        .messages()
        .insertMany(
            List.of(
                message("none", 0, 1),
                message("a", 0, 2).append("topicId", "a"),
                message("b", 0, 3).append("topicId", "b")));
    var query =
        new Document("partition", 0)
            .append("offset", new Document("$gte", 0L).append("$lt", 9L))
            .append("topicId", new Document("$in", Arrays.asList("a", null)));

    assertEquals(
        List.of("none", "a"),
        server
            .messages()
            .find(query)
            .sort(ascending("offset"))
            .map(found -> found.getString("_id"))
            .into(new ArrayList<>()));
  }

  @Test
  void aRestartKeepsDocumentsAndIndexes() {
    server.messages().createIndex(ascending("offset"), new IndexOptions().unique(true));
    server.messages().createIndex(descending("offset", "_id"));
    server.messages().insertMany(List.of(message("m8", 0, 8), message("m9", 0, 9)));
    close();
    server = RunningMongo.start(directory, server.address());
    assertEquals(
        "m9",
        server.messages().find().sort(descending("offset", "_id")).limit(1).first().get("_id"));
    var twice =
        assertThrows(
            MongoWriteException.class, () -> server.messages().insertOne(message("again", 0, 9)));
    assertEquals(11000, twice.getError().getCode());
  }

  @Test
  void anAddressInUseIsSaidSo() {
    var second = new EmbeddedMongo(directory.resolve("second"), server.address());
    var message =
        assertThrows(IllegalStateException.class, () -> second.start(System.err::println))
            .getMessage();
    assertTrue(message.contains("mongodb.uri"), message);
  }
}
