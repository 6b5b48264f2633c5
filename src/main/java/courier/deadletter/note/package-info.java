/**
 * What people say of dead letters, and of groups of them: tags, notes, and that somebody holds them
 * back. What is said of a group but its notes is said of each of its letters, also of those that
 * come later.
 */
package courier.deadletter.note;
