package courier.transfer;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import courier.failure.FailureKind;
import courier.http.Problem;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.mongodb.StoredJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.camel.Message;
import org.bson.Document;

/** Some of the documents that are taken in, and what has come of all of them. */
class Batch {
  /** What a line is, if it can be taken. */
  interface Check {
    Document of(Document line) throws WrongLine;
  }

  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
  private static final int MOST = 500;
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** Of the lines that are wrong. */
  private static final int MOST_TOLD = 100;

  private final MongoCollection<Document> collection;
  private final Check check;
  private final Predicate<Document> isErased;
  private final List<Document> documents = new ArrayList<>();
  private final List<Long> lineNumbers = new ArrayList<>();
  private final List<Problem.FieldError> told = new ArrayList<>();
  private long imported;
  private long already;
  private long erased;
  private long wrong;

  Batch(MongoCollection<Document> collection, Check check, Predicate<Document> isErased) {
    this.collection = collection;
    this.check = check;
    this.isErased = isErased;
  }

  /**
   * Reads until it is full.
   *
   * @return whether there may be more
   */
  boolean take(Lines lines) throws IOException {
    for (int bytes = 0; documents.size() < MOST && bytes < MOST_BYTES; ) {
      try {
        byte[] line = lines.next();
        if (line == null) {
          return false;
        }
        bytes += line.length;
        if (!isBlank(line)) {
          take(check.of(StrictDocument.read(line)), lines.number());
        }
      } catch (WrongLine e) {
        tell(lines.number(), e.getMessage());
      }
    }
    return true;
  }

  private static boolean isBlank(byte[] line) {
    return IntStream.range(0, line.length).allMatch(i -> Character.isWhitespace(line[i]));
  }

  private void take(Document document, long line) {
    if (isErased.test(document)) {
      erased++;
    } else {
      documents.add(document);
      lineNumbers.add(line);
    }
  }

  private void tell(long line, String why) {
    wrong++;
    if (told.size() < MOST_TOLD) {
      told.add(new Problem.FieldError("line " + line, why));
    }
  }

  void store() {
    if (documents.isEmpty()) {
      return;
    }
    try {
      collection.insertMany(documents, UNORDERED);
      imported += documents.size();
    } catch (MongoBulkWriteException e) {
      imported += documents.size() - e.getWriteErrors().size();
      e.getWriteErrors().forEach(error -> refused(error, e));
    }
    stored(documents);
    documents.clear();
    lineNumbers.clear();
  }

  private void refused(BulkWriteError error, MongoBulkWriteException failure) {
    if (FailureKind.isIdTaken(error)) {
      already++;
    } else if (FailureKind.isForGood(error)) {
      tell(lineNumbers.get(error.getIndex()), "is not taken: " + error.getMessage());
    } else {
      throw failure;
    }
  }

  /** These are stored, now or before. */
  void stored(List<Document> some) {}

  String said() {
    return "%d are imported, %d were there already, %d are of somebody who was erased, %d are wrong."
        .formatted(imported, already, erased, wrong);
  }

  /**
   * @throws Refusal 400 naming the lines that are wrong
   */
  void answer(Message answer) {
    if (wrong > 0) {
      throw new Refusal("Of the lines " + said(), told);
    }
    Document counts =
        new Document("imported", imported).append("already", already).append("erased", erased);
    JsonBody.write(answer, StoredJson.of(counts));
  }
}
