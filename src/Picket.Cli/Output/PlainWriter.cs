using System.Text;

namespace Picket.Cli.Output;

/// <summary>A file or a pipe: without the blanks that fill lines up to a column's width.</summary>
internal sealed class PlainWriter(TextWriter target) : TextWriter
{
    private int _blanks;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks++;
            return;
        }
        if (value is not ('\n' or '\r'))
            target.Write(new string(' ', _blanks));
        _blanks = 0;
        target.Write(value);
    }

    public override void Flush() => target.Flush();
}
