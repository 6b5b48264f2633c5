package courier.message;

import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.Document;

/** The writes of {@code mongodb:…?operation=bulkWrite} for a list of messages. */
public final class Upserts {
  public List<WriteModel<Document>> of(List<ReceivedMessage> messages) {
    return messages.stream().map(ReceivedMessage::upsert).toList();
  }
}
