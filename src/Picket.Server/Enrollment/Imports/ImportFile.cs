using System.Text.Unicode;
using CsvHelper;
using Picket.Core.Enrollment;

namespace Picket.Server.Enrollment;

/// <summary>
/// Reads an import file as it comes, record by record, with bounds on all that a file can be too large in. Comma,
/// semicolon and tab separate; quotes, the mark at the file's beginning and <c>sep=;</c> are as spreadsheets write them.
/// </summary>
internal sealed class ImportFile : IDisposable
{
    public const int MostBytes = 64 * 1024 * 1024;
    public const int MostLines = 100_000;
    private const int LongestRecord = 32 * 1024;

    private static readonly CsvReaderOptions Rules = new()
    {
        HasHeader = false, // Ours is read by its own rules, with its own mistakes.
        TrackLineNumbers = true,
        MaxRecordSize = LongestRecord,
        BufferSize = LongestRecord,
        IncludeValuesInExceptions = false,
    };

    private readonly CsvReader reader;
    private readonly CancellationToken cancellation;

    public ImportFile(Stream file, CancellationToken cancellation)
    {
        reader = CsvReader.Create(new BoundedStream(file, MostBytes), Rules);
        this.cancellation = cancellation;
    }

    /// <summary>The next record that has a value, and the line on which it begins; null at the end.</summary>
    /// <exception cref="ImportFileException">It cannot be read on.</exception>
    public async Task<(int Line, string[] Values)?> NextAsync()
    {
        while (await MoveAsync())
        {
            var line = (int)reader.LineNumber;
            var record = reader.Current;
            if (record.RawRecord.Length > LongestRecord)
            {
                throw TooLong(line);
            }

            if (!Utf8.IsValid(record.RawRecord))
            {
                throw new ImportFileException(
                    $"The file is not UTF-8 at line {line}. Save it as \"CSV UTF-8\", and import it again."
                );
            }

            if (record.ToArray() is var values && values.Any(value => !string.IsNullOrWhiteSpace(value)))
            {
                return (line, values);
            }
        }

        return null;
    }

    public void Dispose() => reader.Dispose();

    private async Task<bool> MoveAsync()
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (CsvFormatException tooLong)
        {
            throw TooLong(tooLong.LineNumber);
        }
    }

    private static ImportFileException TooLong(long line) =>
        new($"Line {line} has more than {LongestRecord / 1024} KiB. Is a quotation mark missing?");

    /// <summary>Never hands out more than so many bytes, whatever the sender said of the length.</summary>
    private sealed class BoundedStream(Stream inner, long most) : Stream
    {
        private long passed;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => passed;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            passed += read;
            return passed <= most ? read : throw new ImportFileException(null) { IsTooLarge = true };
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("A request's body is read asynchronously only.");

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>A file that cannot be read on; the message says where and why, and what helps.</summary>
internal sealed class ImportFileException(string? reason, IReadOnlyList<ImportMistake>? mistakes = null)
    : Exception(reason)
{
    public IReadOnlyList<ImportMistake> Mistakes { get; } = mistakes ?? [];

    public bool IsTooLarge { get; init; }
}
