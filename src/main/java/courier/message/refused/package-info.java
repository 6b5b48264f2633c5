/**
 * Why a record is no message, or not to be stored: one exception for each reason, and the record
 * with it. The dead letters ask for these; nothing here knows what is done with them.
 */
package courier.message.refused;
