package courier.chaos.proxy;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import courier.fixture.FreePort;
import courier.infra.EmbeddedMongo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real driver makes of the faults. */
class MongoProxyTest {
  @TempDir Path folder;
  private EmbeddedMongo mongo;
  private MongoProxy proxy;
  private MongoClient client;
  private MongoCollection<Document> items;

  @BeforeEach
  void start() throws IOException {
    int server = FreePort.next();
    int port = FreePort.next();
    mongo = new EmbeddedMongo(folder, new InetSocketAddress("127.0.0.1", server));
    mongo.start(System.err::println);
    proxy = new MongoProxy(port, server);
    client =
        MongoClients.create(
            "mongodb://127.0.0.1:%d/?retryReads=false&retryWrites=false&socketTimeoutMS=300"
                .formatted(port));
    items = client.getDatabase("test").getCollection("items");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    mongo.close();
  }

  @Test
  void someDocumentsOfAWriteFailAndTheOthersAreStored() {
    proxy.failDocuments(true);

    var failure = assertThrows(MongoBulkWriteException.class, () -> upsert(0, 7, false));

    assertEquals(Map.of(2, 189, 5, 11600), codes(failure));
    assertEquals(List.of(0, 1, 3, 4, 6), stored());
    assertEquals(
        List.of(0, 1, 3, 4, 6),
        failure.getWriteResult().getUpserts().stream().map(upsert -> upsert.getIndex()).toList());
  }

  @Test
  void anOrderedWriteEndsWhereItFails() {
    proxy.failDocuments(true);

    var failure = assertThrows(MongoBulkWriteException.class, () -> upsert(0, 7, true));

    assertEquals(Map.of(2, 189), codes(failure));
    assertEquals(List.of(0, 1), stored());
  }

  @Test
  void oneDocumentGetsThroughWhenItIsSentOftenEnough() {
    proxy.failDocuments(true);
    upsert(0, 2, false);

    var failure = assertThrows(MongoBulkWriteException.class, () -> upsert(2, 1, false));
    upsert(2, 1, false);

    assertEquals(Map.of(0, 189), codes(failure));
    assertEquals(List.of(0, 1, 2), stored());
  }

  @Test
  void aWriteIsRefusedAsAWholeAndThenServed() {
    proxy.refuseWrites(true);
    assertThrows(MongoNotPrimaryException.class, () -> upsert(0, 3, false));

    proxy.serve();
    upsert(0, 3, false);

    assertEquals(List.of(0, 1, 2), stored());
  }

  @Test
  void aBlackHoleSaysNothingAndLetsThroughLaterWhatWasSaid() {
    upsert(0, 1, false);
    proxy.swallow(true);
    assertThrows(MongoSocketReadTimeoutException.class, () -> items.find().first());

    proxy.swallow(false);

    assertEquals(List.of(0), stored());
  }

  private void upsert(int first, int count, boolean ordered) {
    items.bulkWrite(
        IntStream.range(first, first + count)
            .mapToObj(
                id ->
                    new UpdateOneModel<Document>(
                        Filters.eq("_id", id),
                        Updates.set("text", "?"),
                        new UpdateOptions().upsert(true)))
            .toList(),
        new BulkWriteOptions().ordered(ordered));
  }

  private List<Integer> stored() {
    List<Integer> stored = new ArrayList<>();
    items.find().sort(new Document("_id", 1)).forEach(item -> stored.add(item.getInteger("_id")));
    return stored;
  }

  private static Map<Integer, Integer> codes(MongoBulkWriteException failure) {
    return failure.getWriteErrors().stream()
        .collect(toMap(BulkWriteError::getIndex, BulkWriteError::getCode));
  }
}
