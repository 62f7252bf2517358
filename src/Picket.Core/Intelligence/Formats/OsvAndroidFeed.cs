namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// OSV records of Android: one, a list, one on each line, or the archive of all. They say for each version of Android from
/// which patch level on a vulnerability is fixed. Rows of the kernel and of chips are left aside: a UEM reports neither.
/// </summary>
internal static class OsvAndroidFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(FeedFormat.OsvAndroid, content, origin, errors => Read(content, errors));

    private static FeedBody Read(ReadOnlyMemory<byte> content, FeedErrors errors)
    {
        var records = new OsvRecords(errors);
        if (ZipFiles.IsZip(content.Span))
        {
            ZipFiles.ReadEach(content, ".json", errors, file => ReadFile(file.Span, records));
        }
        else
        {
            ReadFile(content.Span, records);
        }

        return records.Body();
    }

    private static void ReadFile(ReadOnlySpan<byte> content, OsvRecords records)
    {
        if (FeedEncoding.Refuse(content) is { } refusal)
        {
            throw new FeedUnreadableException(refusal);
        }

        JsonTree.ReadEach(
            content,
            value =>
            {
                if (value.Kind is FeedNodeKind.List)
                {
                    value.Items.ForEach(records.Add);
                }
                else
                {
                    records.Add(value);
                }
            }
        );
    }
}
