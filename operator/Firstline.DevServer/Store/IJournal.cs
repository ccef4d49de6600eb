namespace Firstline.DevServer.Store;

/// <summary>Writes changes down before anybody sees them.</summary>
internal interface IJournal
{
    /// <exception cref="JournalException">The change could not be written: it does not happen.</exception>
    void Append(StoreEvent change);
}
