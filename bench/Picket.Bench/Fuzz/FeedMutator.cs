using System.Text;

namespace Picket.Bench.Fuzz;

/// <summary>Damages files: single bytes, slices, pieces of other files, and what parsers are known to stumble over.</summary>
internal sealed class FeedMutator(IReadOnlyList<byte[]> corpus, int seed)
{
    private const int Longest = 64 * 1024;
    private const int MostEdits = 6;

    private static readonly byte[][] Stumbling =
    [
        .. (
            (string[])
                [
                    "[",
                    "]",
                    "{",
                    "}",
                    "\"",
                    "'",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "\n",
                    "\r\n",
                    "\t",
                    "- ",
                    "? ",
                    ": ",
                    "&a ",
                    "*a",
                    "!!x ",
                    "|\n",
                    ">-\n",
                    "---\n",
                    "...\n",
                    "%YAML 9\n",
                    "#",
                    ";",
                    ",",
                    "\0",
                    "\uFEFF",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "0000-00-00",
                    "9999-12-31",
                    "..",
                    "<",
                    ">=",
                    "(",
                    ")*",
                    "{1000}",
                    "[[[[[[[[",
                    "{\"a\":{\"a\":{\"a\":",
                    "PK\u0003\u0004",
                    "PK\u0001\u0002",
                    "PK\u0005\u0006",
                ]
        ).Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE],
        [0xC3, 0x28],
        [0xED, 0xA0, 0x80],
    ];

    private readonly Random random = new(seed);

    public byte[] Next()
    {
        var file = corpus[random.Next(corpus.Count)].ToList();
        for (var edits = random.Next(1, MostEdits + 1); edits > 0; edits--)
        {
            Edit(file);
        }

        return file.Count > Longest ? [.. file.Take(Longest)] : [.. file];
    }

    private void Edit(List<byte> file)
    {
        var at = random.Next(file.Count + 1);
        var length = random.Next(Math.Min(64, file.Count - at + 1));
        switch (random.Next(7))
        {
            case 0 when at < file.Count:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file.Insert(at, (byte)random.Next(256));
                break;
            case 2:
                file.RemoveRange(at, length);
                break;
            case 3: // The same again, and sometimes many times.
                var slice = file.GetRange(at, length);
                for (var times = random.Next(8) == 0 ? 200 : 1; times > 0; times--)
                {
                    file.InsertRange(at, slice);
                }

                break;
            case 4:
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length);
                file.InsertRange(at, other.AsSpan(from, random.Next(Math.Min(256, other.Length - from))).ToArray());
                break;
            case 5 when random.Next(4) == 0:
                file.RemoveRange(at, file.Count - at);
                break;
            default:
                file.InsertRange(at, Stumbling[random.Next(Stumbling.Length)]);
                break;
        }
    }
}
