package courier.deadletter.note;

import courier.http.Refusal;
import java.util.function.Function;
import org.bson.Document;

/** What people say of dead letters. Each change is a compare-and-set, as all at the desk. */
public abstract class Notes {
  /**
   * @throws Refusal 404, or 409 saying what stands against it
   */
  abstract Document change(NoteRequest request, Function<Marks, Document> change);

  /** Lets no replay take it, and nobody discard it. */
  public Document hold(NoteRequest request) {
    return change(request, marks -> marks.hold(request));
  }

  /** Takes that back. */
  public Document release(NoteRequest request) {
    return change(request, marks -> marks.release(request));
  }

  public Document tag(NoteRequest request) {
    return change(request, marks -> marks.tag(request));
  }

  public Document note(NoteRequest request) {
    return change(request, marks -> marks.note(request));
  }

  static Refusal changedMeanwhile() {
    return new Refusal(409, "Somebody else has just changed it: look at it again.");
  }
}
