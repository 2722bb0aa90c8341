using System.Collections.Frozen;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Domain.Retrieval;

/// <summary>Divides a document into chunks: by its headings first, then by whole paragraphs, list items and tables, and only what is too large by itself into sentences and rows.</summary>
public static class Chunker
{
    /// <summary>A section smaller than this share of the budget shares its chunk with the next one.</summary>
    private const int SmallSection = 4;

    /// <summary>Divides a document.</summary>
    /// <param name="pages">Its pages in order.</param>
    /// <param name="settings">How.</param>
    public static ValueList<Chunk> Divide(IReadOnlyList<CleanedPage> pages, ChunkSettings settings)
    {
        var packing = new Packing(settings);
        foreach (var block in BlocksOf(pages))
        {
            packing.Add(block);
        }

        return packing.Finish();
    }

    /// <summary>The blocks of all pages; a paragraph that goes on on the next page is one.</summary>
    private static List<TextBlock> BlocksOf(IReadOnlyList<CleanedPage> pages)
    {
        var blocks = new List<TextBlock>();
        foreach (var page in pages)
        {
            foreach (var (block, isFirst) in page.Blocks.Select(static (block, index) => (block, index == 0)))
            {
                if (isFirst && blocks.Count > 0 && GoesOn(blocks[^1], block))
                {
                    var text = new PlacedText();
                    text.Add(blocks[^1].Text, blocks[^1].Places);
                    LineJoin.Add(text, block.Text, block.Places, FrozenSet<string>.Empty);
                    blocks[^1] = text.ToBlock(blocks[^1].Kind);
                }
                else
                {
                    blocks.Add(block);
                }
            }
        }

        return blocks;
    }

    private static bool GoesOn(TextBlock block, TextBlock next) =>
        block.Kind is BlockKind.Paragraph or BlockKind.ListItem && next.Kind == BlockKind.Paragraph
        && char.IsLower(next.Text[0]) && block.Text[^1] is not ('.' or '!' or '?' or ':');

    /// <summary>Fills chunks with pieces.</summary>
    private sealed class Packing(ChunkSettings settings)
    {
        private readonly List<Chunk> _chunks = [];
        private readonly List<(int Level, string Text)> _headings = [];
        private readonly List<ChunkUnit> _current = [];
        private ValueList<string> _path = [];
        private int _tokens;

        /// <summary>True once there is more in the chunk than headings and what it repeats.</summary>
        private bool _hasContent;

        public void Add(TextBlock block)
        {
            if (block.Kind == BlockKind.Heading)
            {
                Open(block);
                return;
            }

            // What stands under a heading should stand with it.
            var room = settings.TokenBudget - (_hasContent ? 0 : Math.Min(_tokens, settings.TokenBudget / 2));
            foreach (var unit in ChunkUnit.Of(block, room))
            {
                Put(unit, isHeading: false);
            }
        }

        public ValueList<Chunk> Finish()
        {
            Close();
            return _chunks.ToValueList();
        }

        private void Open(TextBlock heading)
        {
            if (_hasContent && _tokens * SmallSection >= settings.TokenBudget)
            {
                Close();
            }

            _headings.RemoveAll(other => other.Level >= heading.Level);
            _headings.Add((heading.Level, heading.Text));
            foreach (var unit in ChunkUnit.Of(heading, settings.TokenBudget))
            {
                Put(unit, isHeading: true);
            }
        }

        private void Put(ChunkUnit unit, bool isHeading)
        {
            if (_tokens + unit.Tokens > settings.TokenBudget && _current.Count > 0)
            {
                var repeated = _hasContent && unit.IsRunningText && _current[^1].IsRunningText ? _current[^1].End(settings.OverlapTokens) : null;
                Close();
                if (repeated is not null && repeated.Tokens + unit.Tokens <= settings.TokenBudget)
                {
                    Take(repeated);
                }
            }

            Take(unit);
            if (!isHeading && !_hasContent)
            {
                _hasContent = true;
                _path = _headings.Select(static heading => heading.Text).ToValueList();
            }
        }

        private void Take(ChunkUnit unit)
        {
            _current.Add(unit);
            _tokens += unit.Tokens;
        }

        private void Close()
        {
            if (_current.Count == 0)
            {
                return;
            }

            var text = new PlacedText();
            foreach (var unit in _current)
            {
                text.AddMarks(text.Length == 0 ? string.Empty : unit.Separator);
                text.Add(unit.Text, unit.Places);
            }

            var block = text.ToBlock(BlockKind.Paragraph);
            var path = _hasContent ? _path : _headings.Select(static heading => heading.Text).ToValueList();
            _chunks.Add(new Chunk(_chunks.Count, path, block.Text, block.Places, TokenCount.Estimate(block.Text)));
            _current.Clear();
            (_tokens, _hasContent) = (0, false);
        }
    }
}
