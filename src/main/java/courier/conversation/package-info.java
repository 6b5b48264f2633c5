/**
 * Two people's messages: their history, what is delivered and read, and lists of conversations. One
 * cursor for each person and conversation is all that it stores; it reads messages, and writes
 * none.
 */
package courier.conversation;
