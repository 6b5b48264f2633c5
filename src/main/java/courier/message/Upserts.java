package courier.message;

import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.apache.camel.Body;
import org.bson.Document;

/** The writes of {@code mongodb:…?operation=bulkWrite} for a message or a list of them. */
public final class Upserts {
  public List<WriteModel<Document>> of(@Body Object messages) {
    List<?> all = messages instanceof List<?> list ? list : List.of(messages);
    return all.stream().map(message -> ((ReceivedMessage) message).upsert()).toList();
  }
}
