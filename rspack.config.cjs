// Merged into the builder's own configuration (package.json, jupyterlab.webpackConfig).
module.exports = {
  // The table of all chunks is in the file that every page loads: short hashes, and each once.
  output: {
    hashDigestLength: 6,
    chunkFilename: '[name].[contenthash].js'
  },
  optimization: {
    // The same for the numbers of chunks and modules: the fewer digits the better.
    chunkIds: 'natural',
    moduleIds: 'natural',
    // Rspack copies a module below 20 kB into each chunk that needs it. Our views share many small ones.
    splitChunks: { chunks: 'async', minSize: 3000, maxAsyncRequests: 30 }
  }
};
