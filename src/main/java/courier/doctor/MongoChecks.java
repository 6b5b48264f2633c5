package courier.doctor;

import static courier.doctor.Finding.Severity.BREAKS;
import static courier.doctor.Finding.Severity.DELAYS;
import static courier.doctor.Finding.Severity.LOSES;

import com.mongodb.MongoCommandException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import courier.mongodb.MongoIndex;
import courier.mongodb.MongoIndexes;
import courier.mongodb.MongoRights;
import java.util.List;
import org.bson.Document;

/** MongoDB: what it keeps when one of it dies, and whether it answers in time. */
record MongoChecks(Patient patient, boolean forDevelopment) implements Check {
  private static final int MEMBERS = 3;

  @Override
  public void look(Findings findings) {
    MongoDatabase database = patient.mongo().getDatabase(patient.database());
    long before = patient.clock().millis();
    Document hello = hello(patient);
    if (hello.getDate("localTime") != null) {
      long there = hello.getDate("localTime").getTime();
      ClusterChecks.clock("MongoDB", there, before, patient.clock().millis(), findings);
    }
    List<String> members = hello.getList("hosts", String.class, List.of());
    if (!forDevelopment) {
      replicaSet(hello, members.size(), findings);
    }
    writes(database.getWriteConcern(), members.size(), findings);
    if (!database.getReadPreference().equals(ReadPreference.primary())) {
      findings.add(
          BREAKS,
          "mongodb-read-preference",
          "mongodb.uri reads from " + database.getReadPreference().getName(),
          "What was stored a moment ago may not be there yet, for the desk and for who comes back.",
          "mongodb.uri=mongodb://...&readPreference=primary");
    }
    rights(findings);
    indexes(database, findings);
    disk(database, findings);
  }

  /** By its first name, which each server knows. */
  static Document hello(Patient patient) {
    return patient.mongo().getDatabase("admin").runCommand(new Document("isMaster", 1));
  }

  /** Behind a mongos nobody says of how many a shard is. */
  static boolean isReplicated(Document hello) {
    return hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg"));
  }

  private void replicaSet(Document hello, int members, Findings findings) {
    if (!isReplicated(hello)) {
      findings.add(
          LOSES,
          "mongodb-no-replica-set",
          "MongoDB is one server by itself",
          "What it has is gone with it, and nothing is stored while it is away.",
          patient.mongoLine("rs.initiate()"));
    } else if (hello.containsKey("setName") && members < MEMBERS) {
      findings.add(
          DELAYS,
          "mongodb-few-members",
          "The replica set %s has %d members with data".formatted(hello.get("setName"), members),
          "With one of them away there is no majority to write to.",
          patient.mongoLine("rs.add(\"db3:27017\")"));
    }
  }

  private void writes(WriteConcern concern, int members, Findings findings) {
    Object w = concern.getWObject();
    boolean few = w instanceof Integer count && count < Math.max(1, members / 2 + 1);
    if (few && !forDevelopment || Boolean.FALSE.equals(concern.getJournal())) {
      findings.add(
          LOSES,
          "mongodb-write-concern",
          "mongodb.uri writes with w=%s%s"
              .formatted(
                  w, concern.getJournal() == null ? "" : ", journal=" + concern.getJournal()),
          "Another primary may not have what was acknowledged so.",
          "mongodb.uri=mongodb://...&w=majority");
    }
  }

  private void rights(Findings findings) {
    List<String> missing = MongoRights.missing(patient.mongo(), patient.database());
    if (!missing.isEmpty()) {
      findings.add(
          BREAKS,
          "mongodb-rights",
          "MongoDB's roles do not let Courier's user " + String.join(", ", missing),
          "What needs it waits until it is allowed.",
          patient.mongoLine(
              "db.getSiblingDB(\"admin\").grantRolesToUser(\"courier\", [{role: \"readWrite\", db: \"%s\"}])"
                  .formatted(patient.database())));
    }
  }

  private void indexes(MongoDatabase database, Findings findings) {
    for (MongoIndex index : MongoIndexes.missing(database)) {
      findings.add(
          DELAYS,
          "mongodb-index",
          "The collection %s has no index by %s"
              .formatted(index.collection(), index.keys().keySet()),
          "A query reads all of it, longer with each message.",
          patient.mongoLine(index.line()));
    }
  }

  /** Not every server tells, and not everyone. */
  private void disk(MongoDatabase database, Findings findings) {
    try {
      Document said = database.runCommand(new Document("dbStats", 1));
      if (said.get("fsUsedSize") instanceof Number used
          && said.get("fsTotalSize") instanceof Number total) {
        ClusterChecks.disk(
            "MongoDB has",
            used.longValue(),
            total.longValue(),
            patient.mongoLine("db.stats(1048576)"),
            findings);
      }
    } catch (MongoCommandException e) {
      // as it does not say
    }
  }
}
