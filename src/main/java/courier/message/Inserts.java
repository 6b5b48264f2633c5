package courier.message;

import com.mongodb.client.model.WriteModel;
import courier.message.refused.RefusedByStoreException;
import courier.message.refused.RefusedRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.bson.Document;

/** The writes of {@code mongodb:…?operation=bulkWrite} for a list of messages. */
public final class Inserts {
  /** Takes those out of the variables that no write can store. */
  public List<WriteModel<Document>> of(
      Exchange exchange,
      @Variable("messages") List<ReceivedMessage> messages,
      @Variable(RefusedRecord.VARIABLE) List<RefusedRecord> refused) {
    List<WriteModel<Document>> writes = new ArrayList<>(messages.size());
    List<ReceivedMessage> stored = new ArrayList<>(messages.size());
    for (ReceivedMessage message : messages) {
      try {
        writes.add(message.insert());
        stored.add(message);
      } catch (RefusedByStoreException e) {
        refused.add(message.refused(e));
      }
    }
    exchange.setVariable("messages", stored);
    return writes;
  }
}
