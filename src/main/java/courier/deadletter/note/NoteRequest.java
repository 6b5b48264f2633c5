package courier.deadletter.note;

import java.util.List;

/**
 * What a person says of a dead letter, or of a group of them.
 *
 * @param id of the letter, or the group
 * @param by who says it
 * @param text a note, or why it is held or released; may be null
 * @param add tags it is to have
 * @param remove tags it is to have no more
 */
public record NoteRequest(
    String id, String by, String text, List<String> add, List<String> remove) {}
