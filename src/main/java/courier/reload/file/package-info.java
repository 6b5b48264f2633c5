/** Route files as they are on the disk: which are there, what has changed, and their text. */
package courier.reload.file;
